package org.penstock.wire.packet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** A recorded conversation from {@code src/test/resources/wire}. */
record Dump(List<Packet> packets) {
    /** One packet: who sent it, its sequence number and payload. */
    record Packet(boolean server, int sequence, byte[] payload) {
        private static Packet parse(String line) {
            String[] fields = line.split(" ", -1);
            byte[] payload = fields.length > 2 ? HexFormat.of().parseHex(fields[2]) : new byte[0];
            return new Packet(fields[0].equals("S"), Integer.parseInt(fields[1]), payload);
        }

        int first() {
            return payload[0] & 0xFF;
        }
    }

    static Dump read(String name) throws IOException {
        try (InputStream in = Dump.class.getResourceAsStream("/wire/" + name + ".hex")) {
            if (in == null) {
                throw new IOException("no dump " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return new Dump(text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Packet::parse)
                    .toList());
        }
    }

    /** Index of the first packet behind the login. */
    int loggedIn() {
        for (int i = 1; i < packets.size(); i++) {
            if (packets.get(i).server && packets.get(i).first() == OkPacket.HEADER) {
                return i + 1;
            }
        }
        throw new IllegalStateException("no login");
    }
}
