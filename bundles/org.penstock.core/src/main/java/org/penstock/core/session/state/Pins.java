package org.penstock.core.session.state;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Pin;

/** Why a session stays with one server connection, and with which. */
public final class Pins {
    private final Set<Pin> reasons = EnumSet.noneOf(Pin.class);
    private final Set<Pin> shown = Collections.unmodifiableSet(reasons);
    private @Nullable Object holder;
    private int handlers;

    /** The reasons; a view that changes with the session. */
    public Set<Pin> reasons() {
        return shown;
    }

    public boolean isEmpty() {
        return reasons.isEmpty();
    }

    /** The connection, or null while there is no reason, or it is not known. */
    public @Nullable Object holder() {
        return holder;
    }

    /** Whether only that connection has what the session stays for. Transactions are SERIALIZABLE anywhere. */
    public boolean only() {
        return reasons.size() > (reasons.contains(Pin.SERIALIZABLE) ? 1 : 0);
    }

    /** Something began on a connection that only it has. What began before stays where it is. Returns whether the reason is new. */
    public boolean pin(Pin reason, Object on) {
        if (reason == Pin.NONE) {
            return false;
        }
        if (holder == null) {
            holder = on;
        }
        handlers += reason == Pin.HANDLER ? 1 : 0;
        return reasons.add(reason);
    }

    /** The connection for what is to be kept in one place, whichever that is. */
    public void moved(Object to) {
        holder = reasons.isEmpty() ? null : to;
    }

    /** The connection is gone with what only it had. */
    public void lost() {
        boolean serializable = reasons.contains(Pin.SERIALIZABLE);
        clear();
        if (serializable) {
            reasons.add(Pin.SERIALIZABLE);
        }
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
            holder = null;
        }
    }

    /** The session begins anew. */
    public void clear() {
        reasons.clear();
        holder = null;
        handlers = 0;
    }
}
