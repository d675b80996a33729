package org.penstock.benchmarks.macro;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.load.Workload;
import org.penstock.benchmarks.macro.targets.Kind;
import org.penstock.benchmarks.macro.targets.Penstock;
import org.penstock.benchmarks.macro.targets.Servers;
import org.penstock.benchmarks.macro.targets.Target;

/** The command line of the benchmark: what was given, over what {@code --quick} means, over the defaults. */
public final class Options {
    public static final String USAGE =
            """
            usage: benchmarks/macro/run [OPTION...]

              --workloads A,B,...  of point_select, point_select_ps, read_only, read_write, scan, connect, start, cold, idle, huge (all)
              --targets A,B,...    of direct, haproxy, relay, readconnroute, readwritesplit, filter1, filter2, pool. Who is not named is left out; who is
                                   named takes part in every workload. Default: all, filters in point selects and the pool in connect only
              --clients A,B,...    numbers of clients, instead of those that each workload has
              --seconds N          length of one measured run (10)
              --rounds N           how often each target has its turn in a row (3)
              --warmup N           seconds of warm-up for each JVM and workload; a third of it for further numbers of clients (15)
              --threads N          event loops of haproxy, relay and Penstock (2)
              --idle A,B,...       numbers of idle sessions (5000,20000); the limit of open files bounds them
              --starts N           how often the start is measured (5)
              --cold N             seconds of the run that begins cold (40)
              --huge-gib N         size of the result that its client does not read (10)
              --load KIND          sysbench, java (the bundled generator) or auto: sysbench where it can be had (auto)
              --target NAME=HOST:PORT:PID   a proxy of your own in front of the same server; may be repeated
              --server HOST:PORT,...        servers of your own, the primary first, with the accounts of the embedded ones
              --home DIR           the distribution (runtime/target/penstock)
              --baseline DIR       another distribution; each service of Penstock gets a twin there, and ratios to it are printed
              --separate           a process for each service of Penstock instead of one for all
              --out DIR            where result.md and result.json go (benchmarks/target)
              --quick              a few seconds of everything, to see that it works; with --baseline short pairs
            """;

    private static final List<String> STEPS = List.of("start", "cold", "idle", "huge");
    private static final List<String> FLAGS = List.of("quick", "separate", "help");
    private static final List<String> REPEATED = List.of("target");
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("workloads", "all"),
            Map.entry("targets", "all"),
            Map.entry("clients", ""),
            Map.entry("seconds", "10"),
            Map.entry("rounds", "3"),
            Map.entry("warmup", "15"),
            Map.entry("threads", "2"),
            Map.entry("idle", "5000,20000"),
            Map.entry("starts", "5"),
            Map.entry("cold", "40"),
            Map.entry("huge-gib", "10"),
            Map.entry("load", "auto"),
            Map.entry("server", ""),
            Map.entry("baseline", ""),
            Map.entry("home", ""),
            Map.entry("out", ""));
    private static final Map<String, String> QUICK = Map.of(
            "seconds", "1", "rounds", "1", "warmup", "1", "idle", "200", "starts", "1", "cold", "4", "huge-gib", "1");
    private static final Map<String, String> QUICK_PAIRS = Map.of(
            "workloads",
            "point_select,read_only",
            "targets",
            "readconnroute,readwritesplit",
            "clients",
            "8",
            "seconds",
            "3",
            "rounds",
            "7");

    private final Map<String, String> values;
    private final List<Target> targets;

    private final Set<Kind> leftOut = EnumSet.noneOf(Kind.class);

    private Options(Map<String, String> values, List<Target> targets) {
        this.values = values;
        this.targets = targets;
    }

    /** Checks everything that can be checked before something is started. */
    public static Options parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        List<Target> targets = new ArrayList<>();
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String argument = left.remove();
            String key = argument.startsWith("--") ? argument.substring(2) : argument.equals("-h") ? "help" : "";
            if (FLAGS.contains(key)) {
                given.put(key, "true");
            } else if (DEFAULTS.containsKey(key) || REPEATED.contains(key)) {
                String value = left.poll();
                if (value == null) {
                    throw new BenchmarkException(argument + " needs a value");
                }
                if (REPEATED.contains(key)) {
                    targets.add(Target.parse(value));
                } else {
                    given.put(key, value);
                }
            } else {
                throw new BenchmarkException("unknown option " + argument);
            }
        }
        Options options = new Options(merged(given), targets);
        options.check();
        return options;
    }

    private static Map<String, String> merged(Map<String, String> given) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        if (given.containsKey("quick")) {
            values.putAll(QUICK);
            if (given.containsKey("baseline")) {
                values.put("warmup", DEFAULTS.get("warmup"));
                values.putAll(QUICK_PAIRS);
            }
        }
        values.putAll(given);
        return values;
    }

    private void check() {
        if (help()) {
            return;
        }
        List<String> workloads = Stream.concat(Stream.of(Workload.values()).map(Workload::word), STEPS.stream())
                .toList();
        words("workloads").forEach(word -> known("workloads", word, workloads));
        words("targets")
                .forEach(word -> known(
                        "targets",
                        word,
                        Stream.of(Kind.values()).map(Kind::word).toList()));
        known("load", value("load"), List.of("auto", "sysbench", "java"));
        Stream.of("seconds", "rounds", "threads", "starts", "cold", "huge-gib")
                .forEach(key -> positive(key, value(key)));
        Stream.of("clients", "idle").forEach(key -> words(key).forEach(word -> positive(key, word)));
        Penstock.checkedHome(home());
        baseline().ifPresent(Penstock::checkedHome);
    }

    public boolean help() {
        return values.containsKey("help");
    }

    public boolean quick() {
        return values.containsKey("quick");
    }

    public boolean separate() {
        return values.containsKey("separate");
    }

    /** Whether a step beside the workloads is wanted: start, cold, idle, huge. */
    public boolean step(String word) {
        return value("workloads").equals("all") || words("workloads").contains(word);
    }

    /** The rows of workloads, in their order. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            if (step(workload.word())) {
                List<Integer> clients = numbers("clients");
                (clients.isEmpty() ? workload.clients() : clients).forEach(count -> rows.add(new Row(workload, count)));
            }
        }
        return rows;
    }

    /** The targets that are brought along and wanted. */
    public List<Kind> kinds() {
        return Stream.of(Kind.values()).filter(this::wants).toList();
    }

    /** Gives up a target that cannot be had. */
    public void leaveOut(Kind kind) {
        leftOut.add(kind);
    }

    public boolean wants(Kind kind) {
        return !leftOut.contains(kind)
                && (value("targets").equals("all") || words("targets").contains(kind.word()));
    }

    /** Whether a target takes part in a row: it was named, or it is made for it. */
    public boolean measures(Target target, Row row) {
        return target.kind() == null
                || !value("targets").equals("all")
                || target.kind().measures(row.workload());
    }

    /** Proxies that the user has started. */
    public List<Target> targets() {
        return targets;
    }

    public int number(String key) {
        return Integer.parseInt(value(key));
    }

    public List<Integer> numbers(String key) {
        return words(key).stream().map(Integer::valueOf).toList();
    }

    /** sysbench, java or auto. */
    public String load() {
        return value("load");
    }

    public Optional<Servers> servers() {
        return value("server").isEmpty() ? Optional.empty() : Optional.of(Servers.parse(value("server")));
    }

    public Path home() {
        return path("home")
                .orElse(directory().resolve("../../runtime/target/penstock").normalize());
    }

    public Optional<Path> baseline() {
        return path("baseline");
    }

    public Path out() {
        return path("out").orElse(directory().resolve("../target").normalize());
    }

    private Optional<Path> path(String key) {
        return value(key).isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(System.getProperty("macro.from", ""))
                        .resolve(value(key))
                        .normalize());
    }

    private static Path directory() {
        return Path.of(System.getProperty("macro.directory", "")).toAbsolutePath();
    }

    private String value(String key) {
        return values.getOrDefault(key, "");
    }

    private List<String> words(String key) {
        return Stream.of(value(key).split(","))
                .filter(word -> !word.isEmpty() && !word.equals("all"))
                .toList();
    }

    private static void known(String key, String word, List<String> all) {
        if (!all.contains(word)) {
            throw new BenchmarkException("--" + key + ": '" + word + "' is none of " + String.join(", ", all));
        }
    }

    private static void positive(String key, String word) {
        if (!word.matches("[1-9][0-9]{0,8}")) {
            throw new BenchmarkException("--" + key + ": '" + word + "' is not a whole number above 0");
        }
    }
}
