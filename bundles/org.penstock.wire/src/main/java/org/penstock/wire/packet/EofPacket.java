package org.penstock.wire.packet;

import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/** An EOF packet: 0xFE, two bytes of warnings, two of status. */
public record EofPacket(int warnings, int status) {
    /** First byte of the payload. */
    public static final int HEADER = 0xFE;

    /** Bytes of the payload. */
    public static final int LENGTH = 5;

    public static EofPacket decode(byte[] payload) {
        PacketReader reader = new PacketReader("EofPacket", payload);
        reader.expectByte(HEADER, "EOF");
        return new EofPacket(reader.readShort(), reader.readShort());
    }

    public byte[] encode() {
        return new PacketWriter(LENGTH)
                .writeByte(HEADER)
                .writeShort(warnings)
                .writeShort(status)
                .toByteArray();
    }
}
