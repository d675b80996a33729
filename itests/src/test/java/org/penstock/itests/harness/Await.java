package org.penstock.itests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for a condition, at most a minute and a half. */
public final class Await {
    private static final long SECONDS = 90;
    private static final long STEP_MILLIS = 20;

    private Await() {}

    /** Fails with {@code what} and what {@code seen} says when the condition does not come true. */
    public static void until(String what, Supplier<String> seen, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.call()) {
            assertThat(System.nanoTime())
                    .as(() -> "waited too long: " + what + "\n" + seen.get())
                    .isLessThan(deadline);
            Thread.sleep(STEP_MILLIS);
        }
    }

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        until(what, () -> "", condition);
    }
}
