package org.penstock.api.error;

/** A failure that the client is told: carries the error number, SQLSTATE and client-safe text. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SqlError error;

    public ProtocolException(SqlError error) {
        super(error.toString());
        this.error = error;
    }

    public SqlError error() {
        return error;
    }
}
