package org.penstock.api.router;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.SessionContext;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Transaction;

/** The tools of a router in one session. */
@ProviderType
@EventLoop
public interface RouterContext extends SessionContext {
    /** The service's servers, in the order of its configuration. */
    List<ServerView> servers();

    /** Names of the servers to which this session has a connection, or is opening one. */
    Set<String> connected();

    /** Whether this session has a connection to a server, or is opening one. */
    default boolean connectedTo(String server) {
        return connected().contains(server);
    }

    /** Opens a connection to a server, in the background; nothing when there is one. What becomes of it shows in {@link #connected}, or as a lost connection. */
    void connect(String server);

    /** Gives up the connection to a server, behind what is in flight on it; without a call of {@link RouterSession#onConnectionLost}. */
    void disconnect(String server);

    /**
     * The server that the previous statement was sent to, or the one whose reply counted; for a command that goes on with a cursor or with long data, the server
     * that has it. Commands without an outcome of their own, such as a ping or a preparation, do not count. Null before the first, and when the session has no
     * connection to it any more.
     */
    @Nullable
    String previous();

    /** Whether the connection that the previous statement was sent to is gone: what that server knew of it, such as FOUND_ROWS() and its warnings, nobody knows. */
    default boolean previousLost() {
        return false;
    }

    /** The transaction that the command being routed finds; needs {@link CoreServices#statements}. */
    Transaction transaction();

    /**
     * The server that has the session's open transaction; null when none is open, as between two transactions while autocommit is off, or when it is not known yet.
     * Needs {@link CoreServices#statements}.
     */
    default @Nullable String transactionOn() {
        return null;
    }

    /** Why the session stays with one server at present; empty when it need not. Needs {@link CoreServices#statements}. */
    Set<Pin> pins();

    /** The server that the session stays with while {@link #pins} is not empty, else null. */
    @Nullable
    String pinnedTo();

    /** From the command that is being routed on, the session stays with the server that gets it, for this reason. */
    void pin(Pin reason);

    /** Whether a new connection can be brought to where the session stands: the history is whole, and there are no pins, open transaction or temporary tables. */
    boolean replayable();

    /** Ends the session: at once when nothing is in flight, else behind the reply in flight. The client's next command gets the error. */
    void close(SqlError error);
}
