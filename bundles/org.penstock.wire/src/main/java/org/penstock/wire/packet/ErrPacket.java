package org.penstock.wire.packet;

import java.nio.charset.StandardCharsets;
import org.penstock.wire.Capabilities;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/**
 * An ERR packet: 0xFF, two bytes of error number, a number sign and five characters of SQLSTATE, the message to the end. Before a login the SQLSTATE may be missing. With the
 * error number 0xFFFF it is MariaDB's {@link ProgressReport} instead.
 *
 * @param sqlState five characters, or empty when there is none on the wire
 */
public record ErrPacket(int code, String sqlState, String message) {
    /** First byte of the payload. */
    public static final int HEADER = 0xFF;

    private static final int SQLSTATE_LENGTH = 5;

    public ErrPacket {
        if (!sqlState.isEmpty() && sqlState.length() != SQLSTATE_LENGTH) {
            throw new IllegalArgumentException("sqlState: expected five characters, got '" + sqlState + "'");
        }
    }

    /** An error with the SQLSTATE that servers send with its number. */
    public static ErrPacket of(int code, String message) {
        return new ErrPacket(code, ErrorCodes.sqlState(code), message);
    }

    public static ErrPacket decode(byte[] payload) {
        PacketReader reader = new PacketReader("ErrPacket", payload);
        reader.expectByte(HEADER, "ERR");
        int code = reader.readShort();
        String sqlState = "";
        if (reader.peek() == '#') {
            reader.skip(1);
            sqlState = new String(reader.readBytes(SQLSTATE_LENGTH), StandardCharsets.ISO_8859_1);
        }
        return new ErrPacket(code, sqlState, new String(reader.readRest(), StandardCharsets.UTF_8));
    }

    /** Encodes; without SQLSTATE towards a peer without {@link Capabilities#PROTOCOL_41}. */
    public byte[] encode(long capabilities) {
        PacketWriter writer = new PacketWriter().writeByte(HEADER).writeShort(code);
        if (!sqlState.isEmpty() && Capabilities.has(capabilities, Capabilities.PROTOCOL_41)) {
            writer.writeByte('#').writeBytes(sqlState.getBytes(StandardCharsets.ISO_8859_1));
        }
        return writer.writeBytes(message.getBytes(StandardCharsets.UTF_8)).toByteArray();
    }
}
