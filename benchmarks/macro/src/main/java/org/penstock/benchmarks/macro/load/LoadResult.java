package org.penstock.benchmarks.macro.load;

import java.util.List;

/**
 * What a load generator counted.
 *
 * @param queries statements that were answered
 * @param events queries, transactions, scans or connections, as the workload has them
 * @param seconds how long it ran
 * @param p50 milliseconds in which half of the events had ended
 * @param errors conflicts between clients, after which the event was tried again
 * @param perSecond statements in each second
 */
public record LoadResult(
        long queries,
        long events,
        double seconds,
        double p50,
        double p95,
        double p99,
        long errors,
        List<Double> perSecond) {
    public double queriesPerSecond() {
        return queries / seconds;
    }
}
