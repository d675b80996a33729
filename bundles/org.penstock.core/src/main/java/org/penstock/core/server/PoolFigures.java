package org.penstock.core.server;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.annotation.AnyThread;

/** How many idle connections all loops together keep for one server, and what became of those before. */
@AnyThread
public final class PoolFigures {
    /** Why an idle connection was closed instead of used again. */
    public enum Discard {
        AGE("older than persistmaxtime"),
        FULL("beyond persistpoolmax"),
        ROOM("made room for another account"),
        STATUS("server not usable"),
        CONFIGURATION("configuration changed"),
        RESET("reset failed"),
        SERVER("closed by the server"),
        STOP("shutdown");

        private final String text;

        Discard(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private final AtomicInteger idle = new AtomicInteger();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final Map<Discard, LongAdder> discards = new EnumMap<>(Discard.class);

    PoolFigures() {
        for (Discard reason : Discard.values()) {
            discards.put(reason, new LongAdder());
        }
    }

    /**
     * Counts a connection that is about to be kept, unless there are as many as the cap allows.
     *
     * @return whether it was counted; then {@link #left} must follow
     */
    public boolean tryKeep(int cap) {
        if (idle.incrementAndGet() > cap) {
            idle.decrementAndGet();
            return false;
        }
        return true;
    }

    /** A kept connection is kept no longer. */
    public void left() {
        idle.decrementAndGet();
    }

    public void hit() {
        hits.increment();
    }

    public void missed() {
        misses.increment();
    }

    public void discarded(Discard reason) {
        LongAdder count = discards.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    /** Connections that are kept now. */
    public int idle() {
        return idle.get();
    }

    /** Connections of sessions that came from the pool. */
    public long hits() {
        return hits.sum();
    }

    /** Connections of sessions for which the pool had none, since it is in use. */
    public long misses() {
        return misses.sum();
    }

    public long discards(Discard reason) {
        LongAdder count = discards.get(reason);
        return count == null ? 0 : count.sum();
    }

    /** The reasons that occurred, with their counts. */
    public Map<String, Long> discards() {
        Map<String, Long> seen = new LinkedHashMap<>();
        discards.forEach((reason, count) -> {
            if (count.sum() > 0) {
                seen.put(reason.text(), count.sum());
            }
        });
        return seen;
    }
}
