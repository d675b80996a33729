package org.penstock.wire.packet;

import java.nio.charset.StandardCharsets;
import org.penstock.wire.Capabilities;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.ServerStatus;

/**
 * An OK packet; with {@link Capabilities#DEPRECATE_EOF} also what stands in for an EOF packet.
 *
 * <pre>
 * 1      0x00; 0xFE in place of EOF
 * lenenc affected rows
 * lenenc insert id
 * 2      status
 * 2      warnings
 * n      info: lenenc with SESSION_TRACK, else to the end; may be left out
 * lenenc session changes, with SESSION_TRACK and SESSION_STATE_CHANGED
 * </pre>
 *
 * @param affectedRows unsigned
 * @param insertId unsigned
 * @param info text for humans
 * @param sessionChanges as on the wire, without their total length; see {@link SessionChange#decode}
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/4-server-response-packets/ok_packet">OK_Packet, MariaDB</a>
 */
public record OkPacket(long affectedRows, long insertId, int status, int warnings, String info, byte[] sessionChanges) {
    /** First byte of the payload. */
    public static final int HEADER = 0x00;

    private static final byte[] NONE = {};

    /** An OK without info and session changes. */
    public static OkPacket of(long affectedRows, long insertId, int status, int warnings) {
        return new OkPacket(affectedRows, insertId, status, warnings, "", NONE);
    }

    public static OkPacket decode(byte[] payload, long capabilities) {
        PacketReader reader = new PacketReader("OkPacket", payload);
        if (reader.peek() == EofPacket.HEADER) {
            reader.skip(1);
        } else {
            reader.expectByte(HEADER, "OK");
        }
        long affectedRows = reader.readLenenc();
        long insertId = reader.readLenenc();
        int status = reader.readShort();
        int warnings = reader.readShort();
        if (!Capabilities.has(capabilities, Capabilities.SESSION_TRACK)) {
            String info = new String(reader.readRest(), StandardCharsets.UTF_8);
            return new OkPacket(affectedRows, insertId, status, warnings, info, NONE);
        }
        String info = reader.remaining() == 0 ? "" : reader.readLenencString(StandardCharsets.UTF_8);
        boolean changed = (status & ServerStatus.SESSION_STATE_CHANGED) != 0 && reader.remaining() > 0;
        byte[] changes = changed ? reader.readLenencBytes() : NONE;
        return new OkPacket(affectedRows, insertId, status, warnings, info, changes);
    }

    public byte[] encode(long capabilities) {
        return encode(HEADER, capabilities);
    }

    /** The form that ends rows with {@link Capabilities#DEPRECATE_EOF}. */
    public byte[] encodeAsEof(long capabilities) {
        return encode(EofPacket.HEADER, capabilities);
    }

    private byte[] encode(int header, long capabilities) {
        boolean track = Capabilities.has(capabilities, Capabilities.SESSION_TRACK);
        boolean changed = track && sessionChanges.length > 0;
        int flags =
                changed ? status | ServerStatus.SESSION_STATE_CHANGED : status & ~ServerStatus.SESSION_STATE_CHANGED;
        PacketWriter writer = new PacketWriter()
                .writeByte(header)
                .writeLenenc(affectedRows)
                .writeLenenc(insertId)
                .writeShort(flags)
                .writeShort(warnings);
        if (!track) {
            writer.writeBytes(info.getBytes(StandardCharsets.UTF_8));
        } else if (changed || !info.isEmpty()) {
            writer.writeLenencString(info, StandardCharsets.UTF_8);
        }
        if (changed) {
            writer.writeLenencBytes(sessionChanges);
        }
        return writer.toByteArray();
    }

    /** Whether another result of the same command follows. */
    public boolean moreResults() {
        return (status & ServerStatus.MORE_RESULTS) != 0;
    }
}
