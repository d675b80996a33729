package org.penstock.benchmarks.sql;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * The same figures on a machine that is busy with other work: the thread's CPU time instead of the clock, and the least of many batches.
 * Prints nanoseconds for each statement, and the ratio to the look-up of each byte in a table.
 */
public final class CpuTime {

    private static final int BATCHES = 400;
    private static final int WARM_UP_BATCHES = 400;
    private static final long BATCH_NANOS = 2_000_000;

    private CpuTime() {}

    public static void main(String[] arguments) {
        long sink = 0;
        System.out.printf("%-14s %6s %10s %10s %10s %10s %10s %8s%n", "statement", "bytes", "classify", "cached", "structure", "look-up", "hash", "ratio");
        for (Statements statement : Statements.values()) {
            ClassifierBenchmark benchmark = new ClassifierBenchmark();
            benchmark.statement = statement;
            double[] nanos = {
                measure(benchmark::classify),
                measure(() -> benchmark.structureFromCache().tables().size()),
                statement == Statements.BULK ? 0 : measure(() -> benchmark.structure().tables().size()),
                measure(benchmark::floorLookUp),
                measure(benchmark::floorHash)
            };
            sink += benchmark.classify();
            System.out.printf("%-14s %6d %10.1f %10.1f %10.1f %10.1f %10.1f %8.1f%n",
                    statement, statement.bytes.length, nanos[0], nanos[1], nanos[2], nanos[3], nanos[4], nanos[0] / nanos[3]);
        }
        if (sink == 42) {
            System.out.println();
        }
    }

    private static double measure(LongSupplier call) {
        var threads = ManagementFactory.getThreadMXBean();
        int calls = 1;
        long sink = 0;
        double best = Double.MAX_VALUE;
        for (int batch = 0; batch < WARM_UP_BATCHES + BATCHES; batch++) {
            long from = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < calls; i++) {
                sink += call.getAsLong();
            }
            long nanos = threads.getCurrentThreadCpuTime() - from;
            if (nanos < BATCH_NANOS && batch < WARM_UP_BATCHES) {
                calls = Math.min(calls * 2, 1 << 20);
            } else if (batch >= WARM_UP_BATCHES) {
                best = Math.min(best, (double) nanos / calls);
            }
        }
        return sink == 42 ? 0 : best;
    }
}
