package org.penstock.servers;

import org.jspecify.annotations.Nullable;

/** An embedded server did not do what it was told: it did not start, refused a statement or did not answer in time. */
public final class ServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServerException(String message) {
        super(message);
    }

    ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
