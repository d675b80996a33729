package org.penstock.benchmarks.macro.report;

import org.jspecify.annotations.Nullable;
import org.penstock.benchmarks.macro.load.LoadResult;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.process.ProcessSample;
import org.penstock.benchmarks.macro.targets.Target;

/**
 * One run of one target.
 *
 * @param round from 1; runs of one round are neighbours in time
 * @param cost CPU time and switches that the proxy's process spent, and its memory afterwards; null without a proxy
 */
public record Measurement(Row row, Target target, int round, LoadResult load, @Nullable ProcessSample cost) {
    /** CPU time for each statement in microseconds, NaN without a proxy. */
    double cpuMicros() {
        return cost == null ? Double.NaN : cost.cpuMillis() * 1000.0 / load.queries();
    }
}
