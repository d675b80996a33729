package org.penstock.api.error;

import org.jspecify.annotations.Nullable;

/** A failure between Penstock and one server: refused, timed out, lost, or a login that the server rejected. */
public final class BackendException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String server;
    private final transient @Nullable SqlError error;

    public BackendException(String server, String message, @Nullable Throwable cause) {
        super("server '" + server + "': " + message, cause);
        this.server = server;
        this.error = null;
    }

    public BackendException(String server, SqlError error) {
        super("server '" + server + "': " + error);
        this.server = server;
        this.error = error;
    }

    /** The configured name of the server. */
    public String server() {
        return server;
    }

    /** What the server itself answered, or null when it did not. */
    public @Nullable SqlError error() {
        return error;
    }
}
