package org.penstock.benchmarks.macro.profile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.penstock.benchmarks.macro.BenchmarkException;

/** Stacks with their samples, from lines {@code [thread];frame;frame count}, the outermost frame first. */
final class Stacks {
    private static final String LOOP = "-loop-";

    /** How a Java frame was compiled; {@code _[k]} stays, the kernel's. */
    private static final Pattern COMPILED = Pattern.compile("_\\[[ji01]](?=;|$)");

    private record Stack(String thread, List<String> frames, long count) {}

    private final List<Stack> all;

    private Stacks(List<Stack> all) {
        this.all = all;
    }

    static Stacks parse(List<String> lines) {
        return new Stacks(lines.stream()
                .filter(line -> !line.isBlank())
                .map(Stacks::stack)
                .toList());
    }

    private static Stack stack(String line) {
        int blank = line.lastIndexOf(' ');
        List<String> frames = List.of(
                COMPILED.matcher(line.substring(0, blank)).replaceAll("").split(";"));
        if (frames.size() < 2) {
            throw new BenchmarkException("no stack: " + line);
        }
        return new Stack(frames.get(0), frames.subList(1, frames.size()), Long.parseLong(line.substring(blank + 1)));
    }

    /** Shares of the kinds of threads. */
    String threads() {
        Map<String, Long> counts = new HashMap<>();
        all.forEach(stack -> counts.merge(kind(stack.thread()), stack.count(), Long::sum));
        return table(counts, samples(all), 8);
    }

    /** Of the event loops' samples, the frames in which they were taken. */
    String leaves(int most) {
        Map<String, Long> counts = new HashMap<>();
        loops().forEach(stack -> counts.merge(stack.frames().get(stack.frames().size() - 1), stack.count(), Long::sum));
        return table(counts, samples(loops()), most);
    }

    /** Of the event loops' samples, the frames which they were in or below, as far as they are wanted. */
    String inclusive(Predicate<String> wanted, int most) {
        Map<String, Long> counts = new HashMap<>();
        for (Stack stack : loops()) {
            Set<String> frames = new HashSet<>(stack.frames());
            frames.stream().filter(wanted).forEach(frame -> counts.merge(frame, stack.count(), Long::sum));
        }
        return table(counts, samples(loops()), most);
    }

    /** Of the event loops' samples, the innermost frame, with the innermost one below it that is wanted. */
    String sites(Predicate<String> wanted, int most) {
        Map<String, Long> counts = new HashMap<>();
        for (Stack stack : loops()) {
            List<String> frames = stack.frames();
            String site = "?";
            for (int index = frames.size() - 2; index >= 0; index--) {
                if (wanted.test(frames.get(index))) {
                    site = frames.get(index);
                    break;
                }
            }
            counts.merge(frames.get(frames.size() - 1) + " in " + site, stack.count(), Long::sum);
        }
        return table(counts, samples(loops()), most);
    }

    private List<Stack> loops() {
        return all.stream().filter(stack -> stack.thread().contains(LOOP)).toList();
    }

    private static String kind(String thread) {
        if (thread.contains(LOOP)) {
            return "event loops";
        }
        if (thread.contains("Compiler")) {
            return "JIT compilers";
        }
        return thread.contains("VM Thread") || thread.contains("GC") ? "collector and VM" : "other threads";
    }

    private static String table(Map<String, Long> counts, long total, int most) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .collect(StringBuilder::new, (text, each) -> text.append(line(each, total)), StringBuilder::append)
                .toString();
    }

    private static long samples(List<Stack> stacks) {
        return Math.max(1, stacks.stream().mapToLong(Stack::count).sum());
    }

    private static String line(Map.Entry<String, Long> entry, long total) {
        return String.format(Locale.ROOT, "%6.2f %%  %s%n", entry.getValue() * 100.0 / total, entry.getKey());
    }
}
