package org.penstock.benchmarks.macro.client;

import java.util.concurrent.TimeUnit;

/** A histogram of times in steps of two per cent, from a microsecond to minutes. For one thread; histograms can be added. */
public final class Latencies {
    private static final double STEP = Math.log(1.02);
    private static final int BUCKETS = 1024;

    private final long[] counts = new long[BUCKETS];
    private long total;

    public void add(long nanos) {
        double micros = Math.max(1, nanos / (double) TimeUnit.MICROSECONDS.toNanos(1));
        counts[Math.min(BUCKETS - 1, (int) (Math.log(micros) / STEP))]++;
        total++;
    }

    public void add(Latencies other) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
        total += other.total;
    }

    /** Milliseconds below which so many per cent of the times lie; 0 without any. */
    public double percentile(double percent) {
        double wanted = total * percent / 100;
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket];
            if (seen > 0 && seen >= wanted) {
                return Math.exp((bucket + 1) * STEP) / TimeUnit.MILLISECONDS.toMicros(1);
            }
        }
        return 0;
    }
}
