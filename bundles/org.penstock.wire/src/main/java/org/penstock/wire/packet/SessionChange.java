package org.penstock.wire.packet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/**
 * One change of session state that an OK packet tells of.
 *
 * @param type one of the constants here; others are kept as they come
 * @param name the variable for {@link #SYSTEM_VARIABLE}, else empty
 * @param value the variable's value; the schema; "1" for a state change; the characteristics as statements; the transaction state as eight
 *     characters; else the data as it came
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/4-server-response-packets/ok_packet">OK_Packet, MariaDB</a>
 */
public record SessionChange(int type, String name, String value) {
    public static final int SYSTEM_VARIABLE = 0;
    public static final int SCHEMA = 1;
    public static final int STATE_CHANGE = 2;
    public static final int GTIDS = 3;
    public static final int TRANSACTION_CHARACTERISTICS = 4;
    public static final int TRANSACTION_STATE = 5;

    /** Most changes of one OK packet. */
    public static final int MAX_CHANGES = 4096;

    /** The changes of {@link OkPacket#sessionChanges()}, in order. */
    public static List<SessionChange> decode(byte[] changes) {
        PacketReader reader = new PacketReader("session changes", changes);
        List<SessionChange> decoded = new ArrayList<>();
        while (reader.remaining() > 0) {
            int type = reader.readByte();
            PacketReader data = new PacketReader("session change", reader.readLenencBytes());
            do {
                decoded.add(decodeOne(type, data));
            } while (type == SYSTEM_VARIABLE && data.remaining() > 0);
            if (decoded.size() > MAX_CHANGES) {
                throw reader.unexpected("at most " + MAX_CHANGES + " changes", "more");
            }
        }
        return List.copyOf(decoded);
    }

    private static SessionChange decodeOne(int type, PacketReader data) {
        return switch (type) {
            case SYSTEM_VARIABLE ->
                new SessionChange(
                        type,
                        data.readLenencString(StandardCharsets.UTF_8),
                        data.readLenencString(StandardCharsets.UTF_8));
            case SCHEMA, TRANSACTION_CHARACTERISTICS, TRANSACTION_STATE ->
                new SessionChange(type, "", data.readLenencString(StandardCharsets.UTF_8));
            case GTIDS -> {
                data.skip(1);
                yield new SessionChange(type, "", data.readLenencString(StandardCharsets.UTF_8));
            }
            default -> new SessionChange(type, "", new String(data.readRest(), StandardCharsets.ISO_8859_1));
        };
    }

    public static byte[] encode(List<SessionChange> changes) {
        PacketWriter writer = new PacketWriter();
        for (SessionChange change : changes) {
            writer.writeByte(change.type).writeLenencBytes(change.encodeOne());
        }
        return writer.toByteArray();
    }

    private byte[] encodeOne() {
        PacketWriter data = new PacketWriter();
        switch (type) {
            case SYSTEM_VARIABLE ->
                data.writeLenencString(name, StandardCharsets.UTF_8).writeLenencString(value, StandardCharsets.UTF_8);
            case SCHEMA, TRANSACTION_CHARACTERISTICS, TRANSACTION_STATE ->
                data.writeLenencString(value, StandardCharsets.UTF_8);
            case GTIDS -> data.writeByte(0).writeLenencString(value, StandardCharsets.UTF_8);
            default -> data.writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
        }
        return data.toByteArray();
    }
}
