package org.penstock.core.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.OkPacket;
import org.penstock.wire.packet.TextResultSet;

/** Bytes on the wire for the tests. */
final class Wire {
    private Wire() {}

    static byte[] query(String sql) {
        return command(3, sql.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] command(int code, byte... rest) {
        byte[] payload = new byte[rest.length + 1];
        payload[0] = (byte) code;
        System.arraycopy(rest, 0, payload, 1, rest.length);
        return PacketWriter.frame(0, payload);
    }

    static byte[] ok(int sequence, int affected) {
        return PacketWriter.frame(sequence, OkPacket.of(affected, 0, 2, 0).encode(Rig.CAPABILITIES));
    }

    static byte[] error(int sequence, int code) {
        return PacketWriter.frame(sequence, new ErrPacket(code, "HY000", "no").encode(Rig.CAPABILITIES));
    }

    /** A result with one column and these values. */
    static byte[] rows(String... values) {
        List<List<String>> rows = new ArrayList<>();
        for (String value : values) {
            rows.add(List.of(value));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int sequence = 1;
        for (byte[] payload : TextResultSet.ofStrings(List.of("c"), rows).encode(Rig.CAPABILITIES, 2, 0)) {
            bytes.writeBytes(PacketWriter.frame(sequence, payload));
            sequence += PacketWriter.packets(payload.length);
        }
        return bytes.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** Packets in short: number, then what they are. */
    static List<String> packets(byte[] bytes) {
        PacketStream stream = new PacketStream();
        stream.add(bytes);
        List<String> packets = new ArrayList<>();
        for (PacketStream.Packet packet = stream.next(); packet != null; packet = stream.next()) {
            packets.add(packet.sequence() + " " + word(packet.payload()));
        }
        if (stream.pending() > 0) {
            packets.add("and " + stream.pending() + " bytes");
        }
        return packets;
    }

    private static String word(byte[] payload) {
        if (payload.length == 0) {
            return "empty";
        }
        return switch (payload[0] & 0xFF) {
            case 0xFF -> {
                ErrPacket error = ErrPacket.decode(payload);
                yield "error " + error.code() + " " + error.message();
            }
            case 0 ->
                payload.length < 5 || payload.length > 1000 ? payload.length + " bytes" : "ok " + (payload[1] & 0xFF);
            case 0xFE -> "end";
            case 0xFB -> "file";
            default ->
                payload.length > 1000
                        ? payload.length + " bytes"
                        : new String(payload, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]+", ".");
        };
    }
}
