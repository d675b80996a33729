package org.penstock.core.net;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Whether something that peers can cause at will may be logged again. Safe on any thread. */
final class OncePerSecond {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong last = new AtomicLong(System.nanoTime() - SECOND);

    boolean due() {
        long before = last.get();
        long now = System.nanoTime();
        return now - before >= SECOND && last.compareAndSet(before, now);
    }
}
