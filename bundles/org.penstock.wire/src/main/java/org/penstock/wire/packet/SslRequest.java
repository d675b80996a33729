package org.penstock.wire.packet;

import org.penstock.wire.Capabilities;
import org.penstock.wire.Charsets;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/**
 * A client's wish to switch to TLS: the first 32 bytes of {@link HandshakeResponse41} alone, with {@link Capabilities#SSL} set.
 *
 * @param capabilities all 64 bits; extended ones only when MYSQL is clear
 * @param maxPacket unsigned
 */
public record SslRequest(long capabilities, long maxPacket, int charset) {
    /** Bytes of the payload. */
    public static final int LENGTH = 32;

    private static final int RESERVED = 19;

    /** Whether a client's first payload is a request for TLS. */
    public static boolean matches(byte[] payload) {
        return payload.length == LENGTH && (payload[1] & (Capabilities.SSL >>> 8)) != 0;
    }

    public static SslRequest decode(byte[] payload) {
        PacketReader reader = new PacketReader("SslRequest", payload);
        SslRequest request = read(reader);
        if (reader.remaining() != 0 || !Capabilities.has(request.capabilities, Capabilities.SSL)) {
            throw reader.unexpected("32 bytes with the flag SSL", payload.length + " bytes");
        }
        return request;
    }

    static SslRequest read(PacketReader reader) {
        long capabilities = reader.readInt();
        if (!Capabilities.has(capabilities, Capabilities.PROTOCOL_41)) {
            throw reader.unexpected("the flag PROTOCOL_41", String.format("capabilities 0x%X", capabilities));
        }
        long maxPacket = reader.readInt();
        int charset = reader.readByte();
        reader.skip(RESERVED);
        long extended = reader.readInt();
        if (!Capabilities.has(capabilities, Capabilities.MYSQL)) {
            capabilities |= extended << 32;
        }
        return new SslRequest(capabilities, maxPacket, charset);
    }

    void write(PacketWriter writer) {
        writer.writeInt(capabilities)
                .writeInt(maxPacket)
                .writeByte(Charsets.narrow(charset))
                .writeZeros(RESERVED)
                .writeInt(Capabilities.has(capabilities, Capabilities.MYSQL) ? 0 : capabilities >>> 32);
    }

    public byte[] encode() {
        PacketWriter writer = new PacketWriter(LENGTH);
        write(writer);
        return writer.toByteArray();
    }
}
