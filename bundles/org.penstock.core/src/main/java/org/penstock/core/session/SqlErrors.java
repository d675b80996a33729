package org.penstock.core.session;

import org.penstock.api.error.SqlError;
import org.penstock.wire.Capabilities;
import org.penstock.wire.packet.ErrPacket;

/** Errors between their packet and their value. */
public final class SqlErrors {
    private static final String UNKNOWN_STATE = "HY000";

    private SqlErrors() {}

    /** The error of a packet; one without a number or SQLSTATE gets the general ones. */
    public static SqlError of(ErrPacket packet) {
        int code = packet.code() < 1 || packet.code() > 0xFFFF ? 1105 : packet.code();
        return new SqlError(
                code, packet.sqlState().length() == 5 ? packet.sqlState() : UNKNOWN_STATE, packet.message());
    }

    /** The payload of an ERR packet. */
    public static byte[] packet(SqlError error) {
        return new ErrPacket(error.code(), error.sqlState(), error.message()).encode(Capabilities.PROTOCOL_41);
    }
}
