package org.penstock.api.router;

import org.penstock.api.command.Answer;
import org.penstock.api.command.Hold;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.QueryResult;
import org.penstock.api.statement.Placement;

/** A router's decision about one command. A router session keeps the ones it returns often. */
public sealed interface Route {
    /**
     * To one server, which is connected first where the session has no connection to it.
     *
     * @param retry whether the command is routed anew when the connection is lost before the client has got a byte of the reply; one that was not sent yet always is
     */
    record To(String server, boolean retry) implements Route {}

    /**
     * To every connected server; the client gets the reply of {@code primary}. The others' are read and discarded; a server that answers otherwise (an error for
     * success, or the other way round) is disconnected, and so is each when the server that answers is lost, as the command has failed for the client. Kept in the
     * history where the router has one, the command is {@link Placement#ALL placed at all} and the reply is no error.
     */
    record ToAll(String primary) implements Route {}

    /** The router answers by itself. */
    record Reply(Answer answer) implements Route {}

    /** The router answers with packets that are pulled from a source as the client reads them; the answer may never end. */
    record Stream(AnswerSource source) implements Route {}

    /** The core asks a server a text query on the session's connection to it, then decides by what {@code next} makes of the result. */
    record Ask(String server, String query, Next next) implements Route {}

    /** The decision follows through the handle, or the hold's time-out decides. */
    record Held(Hold<Route> hold) implements Route {}

    /** The client gets this error; the session goes on. */
    record Fail(SqlError error) implements Route {}

    /** The client gets this error and the session ends. */
    record Close(SqlError error) implements Route {}

    /** Turns the result of a router's question into the route of the command that waits for it; called on the session's loop. */
    @FunctionalInterface
    interface Next {
        Route route(QueryResult result);
    }

    static Route to(String server) {
        return new To(server, false);
    }

    static Route to(String server, boolean retry) {
        return new To(server, retry);
    }

    static Route toAll(String primary) {
        return new ToAll(primary);
    }

    static Route answer(Answer answer) {
        return new Reply(answer);
    }

    static Route answer(AnswerSource source) {
        return new Stream(source);
    }

    static Route ask(String server, String query, Next next) {
        return new Ask(server, query, next);
    }

    static Route hold(Hold<Route> hold) {
        return new Held(hold);
    }

    static Route fail(SqlError error) {
        return new Fail(error);
    }

    static Route close(SqlError error) {
        return new Close(error);
    }
}
