package org.penstock.wire.packet;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/** Connection attributes: names and values that a client tells of itself, as bytes on the wire and as a map. */
public final class ConnectionAttributes {
    /** Most bytes of all attributes, 64 KiB; servers cut at the same length. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Most attributes of one client. */
    public static final int MAX_ATTRIBUTES = 512;

    private ConnectionAttributes() {}

    /** The attributes in the order sent; of a name sent twice the last value. */
    public static Map<String, String> decode(byte[] attributes) {
        PacketReader reader = new PacketReader("connection attributes", attributes);
        Map<String, String> decoded = new LinkedHashMap<>();
        for (int count = 0; reader.remaining() > 0; count++) {
            if (count == MAX_ATTRIBUTES) {
                throw reader.unexpected("at most " + MAX_ATTRIBUTES + " attributes", "more");
            }
            decoded.put(
                    reader.readLenencString(StandardCharsets.UTF_8), reader.readLenencString(StandardCharsets.UTF_8));
        }
        return Collections.unmodifiableMap(decoded);
    }

    public static byte[] encode(Map<String, String> attributes) {
        PacketWriter writer = new PacketWriter();
        attributes.forEach((name, value) -> writer.writeLenencString(name, StandardCharsets.UTF_8)
                .writeLenencString(value, StandardCharsets.UTF_8));
        return writer.toByteArray();
    }

    /** Reads the length and the bytes; none at the end of the packet, as some clients announce attributes and send none. */
    static byte[] read(PacketReader reader) {
        if (reader.remaining() == 0) {
            return new byte[0];
        }
        byte[] attributes = reader.readLenencBytes();
        if (attributes.length > MAX_BYTES) {
            throw reader.unexpected("at most " + MAX_BYTES + " bytes of attributes", attributes.length + " bytes");
        }
        return attributes;
    }
}
