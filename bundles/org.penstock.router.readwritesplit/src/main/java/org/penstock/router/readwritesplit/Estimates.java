package org.penstock.router.readwritesplit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.Store;

/**
 * How long servers take to answer, for all sessions of the service and over generations. An average in which a reply counts an eighth; what was measured long
 * ago counts for less and less, so that a slow server is tried again now and then. Updates that collide may lose one of the two.
 */
@AnyThread
final class Estimates {
    /** Age at which an average counts half. */
    static final long FADE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final int AVERAGE = 0;
    private static final int UPDATED = 1;
    private static final int SAMPLES = 2;
    private static final int WEIGHT = 8;
    private static final int SHOWN_EVERY = 64;

    /** One server's figures: in the store, and the counter that shows the average in microseconds. */
    private record Cell(AtomicLongArray figures, LongAdder shown) {}

    private final Store store;
    private final Map<String, Cell> cells = new ConcurrentHashMap<>();

    Estimates(Store store) {
        this.store = store;
    }

    /** Takes a reply into account. */
    void add(String server, long nanos, long now) {
        Cell cell = cell(server);
        AtomicLongArray figures = cell.figures();
        long samples = figures.incrementAndGet(SAMPLES);
        long average = figures.get(AVERAGE);
        long next = samples == 1 ? nanos : average + (nanos - average) / WEIGHT;
        figures.set(AVERAGE, next);
        figures.set(UPDATED, now);
        if (samples % SHOWN_EVERY == 1) {
            cell.shown().reset();
            cell.shown().add(TimeUnit.NANOSECONDS.toMicros(next));
        }
    }

    /** Nanoseconds until the server would have answered what it has and one more command; 0 for a server that was never asked. */
    long of(ServerView server, long now) {
        AtomicLongArray figures = cell(server.name()).figures();
        long average = figures.get(AVERAGE);
        double age = Math.max(0, now - figures.get(UPDATED));
        return (long) (average * (server.operations() + 1.0) / (1 + age / FADE_NANOS));
    }

    private Cell cell(String server) {
        Cell cell = cells.get(server);
        return cell != null ? cell : cells.computeIfAbsent(server, this::kept);
    }

    private Cell kept(String server) {
        return new Cell(
                store.get("estimate." + server, AtomicLongArray.class, () -> new AtomicLongArray(SAMPLES + 1)),
                store.counter(server + ".response_us"));
    }
}
