package org.penstock.core.session;

import java.util.concurrent.atomic.AtomicBoolean;
import org.penstock.api.command.Hold;

/**
 * A one-shot handle on one undecided command.
 *
 * @param <V> what is decided
 */
final class HoldHandle<V> implements Hold<V> {
    /** Takes the decision on the session's loop. */
    @FunctionalInterface
    interface Decided<V> {
        void with(HoldHandle<V> hold, V decision);
    }

    private final AtomicBoolean pending = new AtomicBoolean(true);
    private final SessionPort port;
    private final Decided<V> decided;

    HoldHandle(SessionPort port, Decided<V> decided) {
        this.port = port;
        this.decided = decided;
    }

    @Override
    public boolean resume(V decision) {
        if (!pending.compareAndSet(true, false)) {
            return false;
        }
        port.execute(() -> decided.with(this, decision));
        return true;
    }

    @Override
    public boolean open() {
        return pending.get();
    }

    /** Makes later decisions void. */
    void close() {
        pending.set(false);
    }
}
