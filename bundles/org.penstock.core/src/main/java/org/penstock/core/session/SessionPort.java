package org.penstock.core.session;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.error.SqlError;
import org.penstock.api.session.Branch;
import org.penstock.api.session.SessionContext;
import org.penstock.core.session.state.StatementReader;

/** Carries out what the session machine decides. Called on the session's event loop, except {@link #execute}. */
public interface SessionPort {
    /** Queues bytes for the client; the port owns them. They are flushed when the event has been handled. */
    void toClient(Bytes bytes);

    /** Queues bytes for a server; the port owns them. */
    void toServer(Link link, Bytes bytes);

    /** Turns reading from the client on or off. */
    void readClient(boolean on);

    /** Turns reading from a server on or off. */
    void readServer(Link link, boolean on);

    /** Opens the connection of a link; answered by {@link SessionMachine#serverReady} or {@link SessionMachine#serverLost}. */
    void connect(Link link);

    /** Closes the connection of a link, politely where nothing is in flight. */
    void closeServer(Link link);

    /** Closes the client's connection behind what was written. */
    void closeClient();

    /** The session is open: the client's login may be confirmed. Reading from the client is off until it is turned on. */
    void opened();

    /** The session could not be opened: the client's login fails with this error. */
    void refused(SqlError error);

    /**
     * Authenticates anew with a COM_CHANGE_USER payload, for which the port reads from the client as it needs. Answered by {@link SessionMachine#userChanged} or {@link
     * SessionMachine#userRefused}, with reading off, or by the end of the session.
     */
    void changeUser(byte[] command);

    /** The session ends with this error before the client's change of user has: it is told with the number that it expects. */
    void cutChange(SqlError error);

    /** Whether the client counts as accepted only once a server has let it in. */
    default boolean awaitsServer() {
        return false;
    }

    /** Runs a task on the session's loop after a delay. */
    SessionContext.Timer after(Duration delay, Runnable task);

    /** Runs a task on the session's loop; from any thread. */
    void execute(Runnable task);

    /** Runs a task on the background pool, then the outcome on the session's loop. */
    <T> void background(Callable<T> task, SessionContext.Outcome<T> outcome);

    Branch branch(String service);

    /** What classifies the statements of this loop's sessions. */
    StatementReader reader();

    /** A clock for intervals, in nanoseconds. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /** Tells that a statement which may have changed who may log in has succeeded; called before its reply is sent. */
    default void accountsChanged() {}

    /** Carries out a KILL of the client. */
    default void kill(Kill kill, KillOutcome outcome) {
        outcome.route();
    }

    /** Tells that the reply to a KILL of a connection has ended. */
    default void killed(long sessionId, int error) {}

    /** What is to become of a KILL command; one of them is called, once, on the session's loop. */
    interface KillOutcome {
        /** The client gets this answer. */
        void answer(Answer answer);

        /** A server answers: it gets this command in place of the client's, for a connection of that session. */
        void send(String server, byte[] command, long victim);

        /** The router sends the command where it likes, as it is. */
        void route();
    }

    /** Tells that a command of the client was sent to a server. */
    default void exchangeStarted(Link link) {}

    /** Tells that the reply to a command of the client has ended, with its rows and error number, 0 for none; the link is null for a local answer. */
    default void exchangeEnded(@Nullable Link link, long rows, int error) {}
}
