package org.penstock.protocol.mariadb;

import org.penstock.api.error.SqlError;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.packet.ErrPacket;

/** Errors that end a login. */
final class LoginErrors {
    private LoginErrors() {}

    /** Error 1043 for a packet that does not fit. */
    static SqlError badHandshake(RuntimeException cause) {
        return badHandshake(String.valueOf(cause.getMessage()));
    }

    static SqlError badHandshake(String detail) {
        return of(ErrorCodes.HANDSHAKE_ERROR, "Bad handshake: " + detail);
    }

    /** Error 1251 for a peer that cannot do what a login needs. */
    static SqlError notSupported(String detail) {
        return of(ErrorCodes.NOT_SUPPORTED_AUTH_MODE, detail);
    }

    static SqlError of(int code, String message) {
        return new SqlError(code, ErrorCodes.sqlState(code), message);
    }

    /** What a server said; a code or an SQLSTATE that is missing on the wire is filled in. */
    static SqlError of(ErrPacket packet) {
        int code = packet.code() == 0 ? ErrorCodes.UNKNOWN_ERROR : packet.code();
        String state = packet.sqlState().isEmpty() ? ErrorCodes.sqlState(code) : packet.sqlState();
        return new SqlError(code, state, packet.message());
    }
}
