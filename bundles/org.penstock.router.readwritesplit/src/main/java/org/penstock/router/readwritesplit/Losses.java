package org.penstock.router.readwritesplit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections that one session has lost lately, by server. After one loss other servers are preferred; a server that is lost again at once is left alone for
 * {@link #PAUSE_NANOS}, so that a session does not spin around a server that is up for the monitor and refuses it.
 */
final class Losses {
    static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Loss(long at, int inARow) {}

    private final Map<String, Loss> losses = new HashMap<>(0);
    private final LongSupplier clock;

    Losses(LongSupplier clock) {
        this.clock = clock;
    }

    void lost(String server) {
        Loss before = recent(server);
        losses.put(server, new Loss(clock.getAsLong(), before == null ? 1 : before.inARow() + 1));
    }

    /** Whether another server is to be preferred. */
    boolean doubtful(String server) {
        return recent(server) != null;
    }

    /** Whether the server is not to be connected at present. */
    boolean avoided(String server) {
        Loss loss = recent(server);
        return loss != null && loss.inARow() > 1;
    }

    /** Forgets them all, since the monitor has seen a change. */
    void clear() {
        losses.clear();
    }

    private @Nullable Loss recent(String server) {
        if (losses.isEmpty()) {
            return null;
        }
        Loss loss = losses.get(server);
        return loss != null && clock.getAsLong() - loss.at() < PAUSE_NANOS ? loss : null;
    }
}
