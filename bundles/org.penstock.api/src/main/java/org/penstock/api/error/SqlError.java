package org.penstock.api.error;

import java.util.Objects;

/**
 * An error as a client sees it: the ERR packet's number, SQLSTATE and text.
 *
 * @param code error number, 1 to 65535; see the server's error list
 * @param sqlState five characters
 * @param message text that is safe to show to a client
 */
public record SqlError(int code, String sqlState, String message) {
    public SqlError {
        Objects.requireNonNull(message, "message");
        if (code < 1 || code > 0xFFFF) {
            throw new IllegalArgumentException("code: expected 1 to 65535, got " + code);
        }
        if (sqlState.length() != 5) {
            throw new IllegalArgumentException("sqlState: expected five characters, got '" + sqlState + "'");
        }
    }

    /** An error of the proxy itself: number 1105, SQLSTATE HY000. */
    public static SqlError general(String message) {
        return new SqlError(1105, "HY000", message);
    }

    @Override
    public String toString() {
        return "ERROR " + code + " (" + sqlState + "): " + message;
    }
}
