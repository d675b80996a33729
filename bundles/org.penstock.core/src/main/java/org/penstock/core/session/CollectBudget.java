package org.penstock.core.session;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all modules of the process together may keep back of replies. Safe on any thread. */
public final class CollectBudget {
    /** Used where the configuration says nothing, 64 MiB. */
    public static final long DEFAULT_LIMIT = 64L * 1024 * 1024;

    private final AtomicLong used = new AtomicLong();
    private volatile long limit;

    public CollectBudget(long limit) {
        this.limit = limit;
    }

    public void limit(long bytes) {
        limit = bytes;
    }

    /** Bytes kept back at present. */
    public long used() {
        return used.get();
    }

    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }
}
