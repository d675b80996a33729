package org.penstock.benchmarks.macro.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.load.Workload;
import org.penstock.benchmarks.macro.targets.Kind;

/**
 * The targets of the project, each with what was measured of it. Where a bound to haproxy lies below the bare relay of the same run, 1.1 times
 * the relay is the bound.
 */
final class Goals {
    private static final double RELAY = 1.1;
    private static final int MANY = 64;
    private static final int SOME = 8;
    private static final double KIB = 1024;

    private final Results results;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Results results) {
        this.results = results;
    }

    /** Those that the run has figures for. */
    static List<Goal> of(Results results) {
        Goals goals = new Goals(results);
        results.rows().forEach(goals::row);
        goals.steps();
        return goals.goals;
    }

    private void row(Row row) {
        switch (row.workload()) {
            case POINT_SELECT, POINT_SELECT_PS, READ_ONLY, READ_WRITE -> {
                cpu(row, Kind.READCONNROUTE, 1.15);
                cpu(row, Kind.READWRITESPLIT, 1.25);
            }
            case SCAN -> {
                cpu(row, Kind.READCONNROUTE, 1.10);
                cpu(row, Kind.READWRITESPLIT, 1.10);
            }
            case CONNECT -> {
                cpu(row, Kind.READCONNROUTE, 1.4);
                cpu(row, Kind.POOL, 0.86);
            }
        }
        if (row.workload().isPointSelect()) {
            filters(row);
            allocation(row, Kind.READCONNROUTE);
            allocation(row, Kind.READWRITESPLIT);
        }
        if (row.clients() == SOME && row.workload() != Workload.CONNECT) {
            p99(row, Kind.READCONNROUTE);
            p99(row, Kind.READWRITESPLIT);
        }
        if (row.clients() == MANY && row.workload() != Workload.READ_WRITE) {
            throughput(row);
        }
    }

    private void cpu(Row row, Kind kind, double bound) {
        double haproxy = figure(row, Kind.HAPROXY, Cell::cpuMicros);
        double relay = figure(row, Kind.RELAY, Cell::cpuMicros);
        double own = figure(row, kind, Cell::cpuMicros);
        if (!(own > 0 && haproxy > 0)) {
            return;
        }
        double ratio = own / haproxy;
        boolean below = bound * haproxy < relay;
        String target = "at most " + bound
                + (below ? " (below the relay; then 1.1 x relay: " + Numbers.of(RELAY * relay / haproxy) + ")" : "");
        goals.add(new Goal(
                row + ": CPU of " + kind.word() + " to haproxy",
                Numbers.of(ratio),
                target,
                ratio <= bound || (below && own <= RELAY * relay)));
    }

    private void filters(Row row) {
        double without = figure(row, Kind.READCONNROUTE, Cell::cpuMicros);
        for (Kind kind : List.of(Kind.FILTER1, Kind.FILTER2)) {
            double with = figure(row, kind, Cell::cpuMicros);
            if (without > 0 && with > 0) {
                int filters = kind == Kind.FILTER1 ? 1 : 2;
                goals.add(Goal.atMost(
                        row + ": CPU added by " + filters + (filters == 1 ? " filter" : " filters"),
                        (with / without - 1) * 100,
                        3.0 * filters,
                        " %"));
            }
        }
    }

    private void allocation(Row row, Kind kind) {
        double bytes = figure(row, kind, Cell::allocated);
        if (Double.isFinite(bytes)) {
            goals.add(Goal.atMost(row + ": allocated by " + kind.word() + " for each query", bytes, 200, " B"));
        }
    }

    private void p99(Row row, Kind kind) {
        double haproxy = figure(row, Kind.HAPROXY, Cell::p99);
        double own = figure(row, kind, Cell::p99);
        if (haproxy > 0 && own > 0) {
            goals.add(Goal.atMost(row + ": p99 of " + kind.word() + " to haproxy", own / haproxy, 1.1, ""));
        }
    }

    private void throughput(Row row) {
        double own = figure(row, Kind.READWRITESPLIT, Cell::queriesPerSecond);
        Optional<Cell> best = results.cells(row).stream()
                .filter(cell -> !cell.target().isBaseline()
                        && (cell.target().kind() == null
                                || cell.target().is(Kind.HAPROXY)
                                || cell.target().is(Kind.RELAY)))
                .max((one, other) -> Double.compare(one.queriesPerSecond(), other.queriesPerSecond()));
        if (own > 0 && best.isPresent()) {
            double ratio = own / best.get().queriesPerSecond();
            goals.add(new Goal(
                    row + ": throughput of readwritesplit to the best peer, "
                            + best.get().target().name(),
                    Numbers.of(ratio),
                    "at least 1",
                    ratio >= 1));
        }
    }

    private void steps() {
        for (StartFigure start : results.starts()) {
            if (ours(start.target())) {
                boolean newer = Runtime.version().feature() >= 25;
                goals.add(Goal.atMost(
                        "start to first query, " + start.target(), start.querySeconds(), newer ? 1.0 : 1.5, " s"));
                goals.add(
                        Goal.atMost("resident memory when idle, " + start.target(), start.residentMib(), 120, " MiB"));
            }
        }
        for (ColdFigure cold : results.colds()) {
            if (ours(cold.target())) {
                goals.add(Goal.atMost(
                        "cold start to 90 % of steady throughput, " + cold.target(), cold.seconds(), 10, " s"));
            }
        }
        for (IdleFigure idle : results.idles()) {
            if (ours(idle.target()) && idle.what().startsWith("sessions")) {
                String what = idle.count() + " idle " + idle.what() + ", " + idle.target();
                goals.add(Goal.atMost(what + ": heap and direct memory of each", idle.bytes() / KIB, 8, " KiB"));
            }
        }
        for (HugeFigure huge : results.huges()) {
            if (ours(huge.target())) {
                goals.add(Goal.atMost(
                        huge.gib() + " GiB to a client that does not read, " + huge.target() + ": growth",
                        huge.heapKib() + huge.directKib(),
                        256,
                        " KiB"));
            }
        }
    }

    private static boolean ours(String target) {
        return target.equals(Kind.READCONNROUTE.word())
                || target.equals(Kind.READWRITESPLIT.word())
                || target.equals(Kind.POOL.word());
    }

    private double figure(Row row, Kind kind, ToDoubleFunction<Cell> figure) {
        return results.cell(row, kind).map(figure::applyAsDouble).orElse(Double.NaN);
    }
}
