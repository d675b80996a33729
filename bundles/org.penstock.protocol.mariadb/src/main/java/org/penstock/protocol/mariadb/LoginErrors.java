package org.penstock.protocol.mariadb;

import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.wire.Charsets;
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

    /** Error 1231 for a character set in which no statement can be written; null for the others. */
    static @Nullable SqlError charset(int collation) {
        String wide = Charsets.wideName(collation);
        return wide == null
                ? null
                : of(
                        ErrorCodes.WRONG_VALUE_FOR_VAR,
                        "Variable 'character_set_client' can't be set to the value of '" + wide + "'");
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
