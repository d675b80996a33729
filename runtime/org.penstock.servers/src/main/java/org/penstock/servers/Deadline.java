package org.penstock.servers;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A moment after which waiting ends. */
final class Deadline {

    private static final Duration POLL = Duration.ofMillis(20);

    private final Duration bound;
    private final long nanos;

    private Deadline(Duration bound) {
        this.bound = bound;
        this.nanos = System.nanoTime() + bound.toNanos();
    }

    static Deadline in(Duration bound) {
        return new Deadline(bound);
    }

    boolean passed() {
        return System.nanoTime() - nanos >= 0;
    }

    /** The whole time that was given, for messages. */
    Duration bound() {
        return bound;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** Polls the condition; false if the time is over first. */
    boolean await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (passed()) {
                return false;
            }
            pause(POLL);
        }
        return true;
    }

    /** Waits; an interrupt ends it with a {@link ServerException}. */
    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while waiting", e);
        }
    }
}
