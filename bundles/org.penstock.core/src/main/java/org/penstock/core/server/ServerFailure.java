package org.penstock.core.server;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.ServerView;

/** What a failed stage of a service connection means. */
public final class ServerFailure {
    /** Error numbers of the client's side, which no server sends: refused, lost, timed out. */
    private static final int FIRST_CLIENT_ERROR = 2000;

    private static final int LAST_CLIENT_ERROR = 2999;

    private ServerFailure() {}

    /** The failure as one of that server: with an error only when the server itself answered with one. */
    public static BackendException of(ServerView server, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof BackendException backend) {
            SqlError error = backend.error();
            return error != null && isClientError(error)
                    ? new BackendException(server.name(), error.message(), cause)
                    : backend;
        }
        if (cause instanceof TimeoutException) {
            return new BackendException(server.name(), "no answer in time", cause);
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new BackendException(server.name(), text, cause);
    }

    /** The failure behind those that stages wrap it in. */
    public static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isClientError(SqlError error) {
        return error.code() >= FIRST_CLIENT_ERROR && error.code() <= LAST_CLIENT_ERROR;
    }
}
