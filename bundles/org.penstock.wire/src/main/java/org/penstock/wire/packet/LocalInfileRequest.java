package org.penstock.wire.packet;

import java.nio.charset.StandardCharsets;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/** A server's wish for the content of a file of the client: 0xFB, then the file's name to the end. */
public record LocalInfileRequest(String file) {
    /** First byte of the payload. */
    public static final int HEADER = 0xFB;

    public static LocalInfileRequest decode(byte[] payload) {
        PacketReader reader = new PacketReader("LocalInfileRequest", payload);
        reader.expectByte(HEADER, "LOCAL INFILE");
        return new LocalInfileRequest(new String(reader.readRest(), StandardCharsets.UTF_8));
    }

    public byte[] encode() {
        return new PacketWriter()
                .writeByte(HEADER)
                .writeBytes(file.getBytes(StandardCharsets.UTF_8))
                .toByteArray();
    }
}
