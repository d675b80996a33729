package org.penstock.core.login;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.session.SessionContext;
import org.penstock.core.tls.TlsPeer;

/** Carries out what a pending login decides; called on the login's event loop. */
public interface LoginPort {
    /** Sends a payload with the next sequence number. */
    void send(byte[] payload);

    /** The client is accepted. */
    void accepted(Identity identity);

    /** The client is refused: it gets the error and the connection closes. */
    void refused(SqlError error);

    /** Runs a task on the background pool, then the outcome on this loop. */
    <T> void background(Callable<T> task, SessionContext.Outcome<T> outcome);

    /** Runs a task on the login's loop; from any thread. */
    void execute(Runnable task);

    /** Switches to TLS: what the client sends from now on is taken for TLS and nothing else. {@link PendingLogin#secured} follows. */
    default void startTls() {
        refused(new SqlError(1043, "08S01", "Bad handshake: this listener offers no TLS"));
    }

    /** What TLS with the client shows, or null without TLS. */
    default @Nullable TlsPeer tlsPeer() {
        return null;
    }

    /** Whether the client's first bytes may still say that it is elsewhere than its connection comes from. */
    default boolean mayMove() {
        return false;
    }

    /** Whether a client that has not switched to TLS is refused. */
    default boolean tlsRequired() {
        return false;
    }
}
