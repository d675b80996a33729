package org.penstock.core.net;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's connection ids, each from the greeting to the end of its session, with the loop on which the session lives. Safe on any thread.
 *
 * <p>They lie above the ids that a server gives out, which count from 1, so that a {@code KILL} says by its number whose id it names; and below 2^31, since
 * clients keep them in signed 32 bits.
 */
final class ConnectionIds {
    /** The first id, and the first that lies behind the last. */
    static final long FIRST = 1L << 30;

    static final long END = 1L << 31;

    private final Map<Long, Holder> holders = new ConcurrentHashMap<>();
    private final AtomicInteger next;

    /** What holds an id; the loop is null while the login is pending. */
    private record Holder(@Nullable SessionLoop loop) {
        static final Holder LOGIN = new Holder(null);
    }

    ConnectionIds() {
        this(0);
    }

    /** Begins that many ids behind the first, for tests of the end of the range. */
    ConnectionIds(int offset) {
        next = new AtomicInteger(offset);
    }

    /** Goes on counting from there, as behind the end of the range. */
    void rewind(int offset) {
        next.set(offset);
    }

    /** Whether a number can be one of the proxy's ids. */
    static boolean inRange(long id) {
        return id >= FIRST && id < END;
    }

    /** An id that no other connection has; to be given back with {@link #free}. */
    long take() {
        long span = END - FIRST;
        while (true) {
            long id = FIRST + (next.incrementAndGet() & span - 1);
            if (holders.putIfAbsent(id, Holder.LOGIN) == null) {
                return id;
            }
        }
    }

    void free(long id) {
        holders.remove(id);
    }

    /** The login behind an id has become a session. */
    void opened(long id, SessionLoop loop) {
        holders.put(id, new Holder(loop));
    }

    /** Runs a task on a session's loop, with the session, or with null when it has ended before; false when there is no such session. */
    boolean onSession(long id, Consumer<@Nullable NettySession> task) {
        Holder holder = holders.get(id);
        SessionLoop loop = holder == null ? null : holder.loop();
        if (loop == null) {
            return false;
        }
        loop.execute(() -> task.accept(loop.session(id)));
        return true;
    }
}
