package org.penstock.core.session.state;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Pin;

/** Why a session stays with one server, and with which. */
public final class Pins {
    private final Set<Pin> reasons = EnumSet.noneOf(Pin.class);
    private final Set<Pin> shown = Collections.unmodifiableSet(reasons);
    private @Nullable String server;
    private int handlers;

    /** The reasons; a view that changes with the session. */
    public Set<Pin> reasons() {
        return shown;
    }

    public boolean isEmpty() {
        return reasons.isEmpty();
    }

    /** The server, or null while there is no reason. */
    public @Nullable String server() {
        return server;
    }

    /** Something began on a server that only it has. What began before stays where it is. Returns whether the reason is new. */
    public boolean pin(Pin reason, String on) {
        if (reason == Pin.NONE) {
            return false;
        }
        if (server == null) {
            server = on;
        }
        handlers += reason == Pin.HANDLER ? 1 : 0;
        return reasons.add(reason);
    }

    /** The server for what is to be kept in one place, whichever that is; null while it is not known. */
    public void moved(@Nullable String to) {
        server = reasons.isEmpty() ? null : to;
    }

    /** What began for that reason has ended; of open HANDLERs one. */
    public void unpin(Pin reason) {
        if (reason == Pin.HANDLER && --handlers > 0) {
            return;
        }
        remove(reason);
    }

    private void remove(Pin reason) {
        handlers = reason == Pin.HANDLER ? 0 : handlers;
        reasons.remove(reason);
        if (reasons.isEmpty()) {
            server = null;
        }
    }

    /** The session begins anew. */
    public void clear() {
        reasons.clear();
        server = null;
        handlers = 0;
    }

    @Override
    public String toString() {
        return reasons.isEmpty() ? "none" : reasons + " on " + server;
    }
}
