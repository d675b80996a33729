package org.penstock.benchmarks.macro.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.Options;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.process.Pause;
import org.penstock.benchmarks.macro.process.Workspace;
import org.penstock.benchmarks.macro.report.Results;
import org.penstock.benchmarks.macro.step.Bench;
import org.penstock.benchmarks.macro.step.Preparation;
import org.penstock.benchmarks.macro.step.Targets;
import org.penstock.benchmarks.macro.targets.Target;

/** The command {@code benchmarks/macro/profile WORKLOAD TARGET [OPTION...]}, with the options of the benchmark. */
public final class ProfileMain {
    private static final int MISUSE = 64;
    private static final int LEAVES = 40;
    private static final int FRAMES = 70;
    private static final int CONNECT_SECONDS = 1;

    private final Bench bench;
    private final Target target;
    private final Row row;
    private final Recorder recorder;
    private final Path output;

    private ProfileMain(Bench bench, Target target, Row row, Recorder recorder) {
        this.bench = bench;
        this.target = target;
        this.row = row;
        this.recorder = recorder;
        output = bench.options()
                .out()
                .resolve("profile-" + row.workload().word() + "-" + row.clients() + "-" + target.name());
    }

    /** Exit status: 64 wrong options, 1 it could not be recorded. */
    public static void main(String[] args) {
        if (args.length < 2 || args[0].startsWith("-")) {
            System.err.println(
                    "usage: benchmarks/macro/profile WORKLOAD TARGET [--clients N,...] [--seconds N] [--warmup N] [--home DIR] [--out DIR]");
            System.exit(MISUSE);
        }
        List<String> arguments = new ArrayList<>(List.of("--workloads", args[0], "--targets", args[1]));
        arguments.addAll(List.of(args).subList(2, args.length));
        try (Workspace workspace = Workspace.open()) {
            Options options = Options.parse(arguments);
            Bench bench = Preparation.of(options, workspace, new Results());
            Target target = Targets.start(bench, "-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints")
                    .get(0);
            Recorder recorder = new Recorder(
                    workspace,
                    Path.of(System.getProperty("macro.directory", "")).resolve("target/profiler"));
            for (Row row : options.rows()) {
                new ProfileMain(bench, target, row, recorder).record();
            }
        } catch (BenchmarkException e) {
            System.err.println("profile: " + e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("profile: " + e);
            System.exit(1);
        }
    }

    private void record() throws IOException {
        Long pid = target.pid();
        if (pid == null || !target.isJvm()) {
            throw new BenchmarkException(
                    target.name() + " is not a JVM of the benchmark's own: profile relay or a service of Penstock");
        }
        Files.createDirectories(output.getParent());
        Path recording = path(".jfr");
        int seconds = bench.options().number("seconds");
        warmUp();
        System.err.println("Recording " + seconds + " s: " + row + ", " + target.name());
        CompletableFuture<?> load = CompletableFuture.runAsync(
                () -> bench.load().run(target.address(), row, seconds + 2 * CONNECT_SECONDS));
        Pause.millis(TimeUnit.SECONDS.toMillis(CONNECT_SECONDS));
        recorder.start(pid, recording);
        Pause.millis(TimeUnit.SECONDS.toMillis(seconds));
        recorder.stop(pid, recording);
        load.join();
        recorder.convert(recording, path("-cpu.html"), List.of("--cpu", "--threads"));
        recorder.convert(recording, path("-alloc.html"), List.of("--alloc", "--total", "--threads"));
        String summary = summary(
                stacks(recording, List.of("--cpu", "--threads")),
                stacks(recording, List.of("--alloc", "--total", "--threads")));
        Files.writeString(path(".txt"), summary);
        System.out.println(summary);
        System.out.println("Flame graphs: " + path("-cpu.html") + ", " + path("-alloc.html"));
    }

    private void warmUp() {
        int seconds = bench.options().number("warmup");
        if (seconds > 0) {
            System.err.println("Warm-up of " + seconds + " s");
            bench.load().run(target.address(), row, seconds);
        }
    }

    private Stacks stacks(Path recording, List<String> options) throws IOException {
        Path collapsed = bench.workspace().fresh("stacks").resolveSibling("stacks.collapsed");
        recorder.convert(recording, collapsed, options);
        return Stacks.parse(Files.readAllLines(collapsed));
    }

    private String summary(Stacks cpu, Stacks allocation) {
        return "# " + row + ", " + target.name() + "\n\n## CPU time by threads\n\n" + cpu.threads()
                + "\n## Event loops: where samples were taken\n\n" + cpu.leaves(LEAVES)
                + "\n## Event loops: in or below\n\n" + cpu.inclusive(ProfileMain::isJava, FRAMES)
                + "\n## Event loops: bytes allocated, by class and place\n\n"
                + allocation.sites(ProfileMain::isOurs, LEAVES);
    }

    private static boolean isOurs(String frame) {
        return frame.startsWith("org/penstock/");
    }

    private static boolean isJava(String frame) {
        return isOurs(frame) || frame.startsWith("io/netty/") || frame.startsWith("java/");
    }

    private Path path(String ending) {
        return output.resolveSibling(output.getFileName() + ending);
    }
}
