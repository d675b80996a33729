package org.penstock.benchmarks.macro.step;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.load.LoadResult;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.load.Workload;
import org.penstock.benchmarks.macro.process.Jvm;
import org.penstock.benchmarks.macro.process.ProcessSample;
import org.penstock.benchmarks.macro.report.Measurement;
import org.penstock.benchmarks.macro.report.Report;
import org.penstock.benchmarks.macro.targets.Target;

/** The rows of the workloads: warm-up, then all targets in turns, A B A B; allocation in runs of its own at the end. */
public final class Throughput {
    private static final int FURTHER_WARMUP = 3;
    private static final int NATIVE_WARMUP = 2;
    private static final int ALLOCATION_SHORT = 1;
    private static final int ALLOCATION_LONG = 3;

    private final Bench bench;
    private final Report report;
    private final Set<Workload> warm = EnumSet.noneOf(Workload.class);
    private final Set<String> failed = new HashSet<>();

    public Throughput(Bench bench, Report report) {
        this.bench = bench;
        this.report = report;
    }

    public void run() {
        List<Target> targets = Targets.start(bench, "");
        List<Row> rows = bench.options().rows();
        for (Row row : rows) {
            List<Target> taking = new ArrayList<>(targets);
            taking.removeIf(target -> !bench.options().measures(target, row));
            warmUp(row, taking);
            int rounds = bench.options().number("rounds");
            for (int round = 1; round <= rounds; round++) {
                for (Target target : taking) {
                    measure(row, target, round);
                }
            }
            report.write();
        }
        // Attaching to a JVM leaves threads in it, so this comes behind all that is timed.
        for (Row row : rows) {
            targets.stream()
                    .filter(target -> target.isJvm() && bench.options().measures(target, row))
                    .forEach(target -> allocation(row, target));
        }
        report.write();
    }

    private void warmUp(Row row, List<Target> targets) {
        int full = bench.options().number("warmup");
        int seconds = warm.add(row.workload()) ? full : full / FURTHER_WARMUP;
        for (Target target : targets) {
            int own = target.isJvm() || target.kind() == null ? seconds : Math.min(NATIVE_WARMUP, seconds);
            if (own > 0) {
                System.err.println("Warm-up of " + own + " s: " + row + ", " + target.name());
                attempt(row, target, own);
            }
        }
    }

    private void measure(Row row, Target target, int round) {
        Long pid = target.pid();
        if (failed.contains(key(row, target))) {
            return;
        }
        ProcessSample before = pid == null ? null : ProcessSample.of(pid);
        LoadResult load = attempt(row, target, bench.options().number("seconds"));
        if (load == null) {
            return;
        }
        ProcessSample cost = null;
        if (pid != null && before != null) {
            ProcessSample after = ProcessSample.of(pid);
            cost = new ProcessSample(
                    after.cpuMillis() - before.cpuMillis(), after.switches() - before.switches(), after.residentKib());
        }
        bench.results().add(new Measurement(row, target, round, load, cost));
        String micros = cost == null
                ? ""
                : String.format(Locale.ROOT, "%.1f us CPU per query, ", cost.cpuMillis() * 1000.0 / load.queries());
        System.err.println(String.format(
                Locale.ROOT,
                "%s, round %d, %s: %s%.0f queries/s, p99 %.2f ms",
                row,
                round,
                target.name(),
                micros,
                load.queriesPerSecond(),
                load.p99()));
    }

    /** The difference of two runs, so that what the connects take falls out. */
    private void allocation(Row row, Target target) {
        Long pid = target.pid();
        if (pid == null || failed.contains(key(row, target))) {
            return;
        }
        System.err.println("Allocation: " + row + ", " + target.name());
        try (Jvm jvm = Jvm.attach(pid)) {
            long start = jvm.allocatedByLoops();
            LoadResult brief = bench.load().run(target.address(), row, ALLOCATION_SHORT);
            long between = jvm.allocatedByLoops();
            LoadResult longer = bench.load().run(target.address(), row, ALLOCATION_LONG);
            long end = jvm.allocatedByLoops();
            long queries = longer.queries() - brief.queries();
            if (queries > 0) {
                bench.results()
                        .allocated(row, target, Math.max(0, (double) (end - between - (between - start)) / queries));
            }
        } catch (BenchmarkException e) {
            bench.results().failure("allocation, " + row + ", " + target.name() + ": " + e.getMessage());
        }
    }

    private @Nullable LoadResult attempt(Row row, Target target, int seconds) {
        if (failed.contains(key(row, target))) {
            return null;
        }
        try {
            return bench.load().run(target.address(), row, seconds);
        } catch (BenchmarkException e) {
            failed.add(key(row, target));
            bench.results().failure(row + ", " + target.name() + ": " + e.getMessage());
            return null;
        }
    }

    private static String key(Row row, Target target) {
        return row + " " + target.name();
    }
}
