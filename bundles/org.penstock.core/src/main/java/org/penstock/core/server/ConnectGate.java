package org.penstock.core.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;

/** Lets connections to one server be begun in the order in which they were asked for: so many on their way at a time, and so many a second. */
@AnyThread
public final class ConnectGate {
    /** Connections that may wait for one server; further ones fail at once. */
    public static final int MAX_WAITING = 65_536;

    /** What an idle second does not give back: after a pause no more than the connections of this time may begin at once. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Supplier<ConnectLimits> limits;
    private final LongSupplier clock;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private final LongAdder waited = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private int inFlight;
    private int gone;
    private long nextNanos;
    private boolean paced;
    private boolean timed;

    /** A connection that wants to be begun. */
    public interface Entry {
        /** May begin; {@link ConnectGate#leave} must follow when the login has ended. */
        void admitted();

        /** Whether it still wants to. */
        boolean wanted();

        /** Whether it is Penstock's own: it is counted and waits for nobody, so that a crowd of clients does not make a server look as if it were down. */
        default boolean urgent() {
            return false;
        }

        /** Runs a task later. */
        void after(long nanos, Runnable task);
    }

    public ConnectGate(Supplier<ConnectLimits> limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Admits an entry now or when its turn comes.
     *
     * @return false when too many wait
     */
    public boolean enter(Entry entry) {
        if (entry.urgent()) {
            synchronized (this) {
                inFlight++;
            }
            entry.admitted();
            return true;
        }
        synchronized (this) {
            if (waiting.size() >= MAX_WAITING) {
                return false;
            }
            waiting.add(entry);
        }
        pump();
        return true;
    }

    /** An entry was not admitted at once. */
    public void waits() {
        waited.increment();
    }

    /** A login has ended, well or not. */
    public void leave() {
        synchronized (this) {
            inFlight--;
        }
        pump();
    }

    /** An entry that waits is not wanted any more. */
    public synchronized void gaveUp(boolean timeout) {
        gone++;
        if (timeout) {
            expired.increment();
        }
        if (gone > waiting.size() / 2) {
            waiting.removeIf(entry -> !entry.wanted());
            gone = 0;
        }
    }

    private void pump() {
        for (Entry next = next(); next != null; next = next()) {
            next.admitted();
        }
    }

    private synchronized @Nullable Entry next() {
        while (true) {
            Entry first = waiting.peek();
            if (first == null) {
                return null;
            }
            if (!first.wanted()) {
                waiting.poll();
                continue;
            }
            ConnectLimits now = limits.get();
            if (inFlight >= now.inFlight()) {
                return null;
            }
            long delay = delay(now);
            if (delay > 0) {
                wakeIn(first, delay);
                return null;
            }
            inFlight++;
            return waiting.poll();
        }
    }

    /** Time until the next may begin; when that is now, it is taken as begun. */
    private long delay(ConnectLimits now) {
        if (now.perSecond() == 0) {
            return 0;
        }
        long time = clock.getAsLong();
        if (!paced) {
            paced = true;
            nextNanos = time;
        }
        long early = nextNanos - time;
        if (early > 0) {
            return early;
        }
        nextNanos = Math.max(nextNanos, time - BURST_NANOS) + TimeUnit.SECONDS.toNanos(1) / now.perSecond();
        return 0;
    }

    private void wakeIn(Entry first, long delay) {
        if (!timed) {
            timed = true;
            first.after(delay, () -> {
                synchronized (this) {
                    timed = false;
                }
                pump();
            });
        }
    }

    /** Logins that are under way. */
    public synchronized int inFlight() {
        return inFlight;
    }

    /** Connections that wait for their turn. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Connections that had to wait, since the start. */
    public long waited() {
        return waited.sum();
    }

    /** Connections that waited until their time was over. */
    public long expired() {
        return expired.sum();
    }
}
