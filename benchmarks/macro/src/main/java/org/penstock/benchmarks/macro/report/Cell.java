package org.penstock.benchmarks.macro.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.targets.Target;

/**
 * All runs of one target in one row. Figures that there are not are NaN.
 *
 * @param cpuMicros CPU time of the proxy for each statement
 * @param queriesPerSecond mean over the runs, as are the percentiles in milliseconds
 * @param switches voluntary context switches of the proxy for each statement
 * @param residentMib memory of the process behind the last run
 * @param allocated bytes that the event loops allocated for each statement
 */
public record Cell(
        Row row,
        Target target,
        double cpuMicros,
        double queriesPerSecond,
        double p50,
        double p95,
        double p99,
        double switches,
        double residentMib,
        double allocated,
        long errors) {
    private static final double KIB_PER_MIB = 1024;

    /** From the runs of one target in one row, at least one. */
    static Cell of(List<Measurement> runs, double allocated) {
        Measurement last = runs.get(runs.size() - 1);
        boolean proxy = last.cost() != null;
        double queries = sum(runs, run -> run.load().queries());
        return new Cell(
                last.row(),
                last.target(),
                proxy ? sum(runs, run -> run.cost() == null ? 0 : run.cost().cpuMillis()) * 1000 / queries : Double.NaN,
                mean(runs, run -> run.load().queriesPerSecond()),
                mean(runs, run -> run.load().p50()),
                mean(runs, run -> run.load().p95()),
                mean(runs, run -> run.load().p99()),
                proxy ? sum(runs, run -> run.cost() == null ? 0 : run.cost().switches()) / queries : Double.NaN,
                last.cost() == null ? Double.NaN : last.cost().residentKib() / KIB_PER_MIB,
                allocated,
                (long) sum(runs, run -> run.load().errors()));
    }

    private static double sum(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
        return runs.stream().mapToDouble(figure).sum();
    }

    private static double mean(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
        OptionalDouble mean = runs.stream().mapToDouble(figure).average();
        return mean.orElse(Double.NaN);
    }
}
