package org.penstock.benchmarks.macro.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.penstock.benchmarks.macro.BenchmarkException;

/** Waiting: for a while, or until something holds. */
public final class Pause {
    private static final int POLL_MILLIS = 5;

    private Pause() {}

    public static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }

    /** Whether the condition held before the limit had passed. */
    public static boolean until(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            millis(POLL_MILLIS);
        }
        return true;
    }
}
