package org.penstock.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing payload. */
public final class PacketWriter {
    /** Most payload bytes of one packet on the wire; a payload of this length or more goes on in the next packet. */
    public static final int MAX_PACKET = 0xFFFFFF;

    /** Bytes of a packet's header: three of length, one of sequence. */
    public static final int HEADER = 4;

    /** The most that a payload may grow to here, 1 GiB: the largest max_allowed_packet. */
    public static final int MAX_PAYLOAD = 1 << 30;

    private byte[] bytes;
    private int length;

    public PacketWriter() {
        this(64);
    }

    public PacketWriter(int capacity) {
        bytes = new byte[capacity];
    }

    public int length() {
        return length;
    }

    public PacketWriter writeByte(int value) {
        return writeInteger(1, value);
    }

    public PacketWriter writeShort(int value) {
        return writeInteger(2, value);
    }

    public PacketWriter writeMedium(int value) {
        return writeInteger(3, value);
    }

    public PacketWriter writeInt(long value) {
        return writeInteger(4, value);
    }

    public PacketWriter writeLong(long value) {
        return writeInteger(8, value);
    }

    private PacketWriter writeInteger(int width, long value) {
        grow(width);
        for (int i = 0; i < width; i++) {
            bytes[length++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    /** A length-encoded integer, unsigned. */
    public PacketWriter writeLenenc(long value) {
        if (value >= 0 && value < 0xFB) {
            return writeByte((int) value);
        }
        if (value >= 0 && value <= 0xFFFF) {
            return writeByte(0xFC).writeShort((int) value);
        }
        if (value >= 0 && value <= 0xFFFFFF) {
            return writeByte(0xFD).writeMedium((int) value);
        }
        return writeByte(0xFE).writeLong(value);
    }

    public PacketWriter writeBytes(byte[] value) {
        grow(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    public PacketWriter writeLenencBytes(byte[] value) {
        return writeLenenc(value.length).writeBytes(value);
    }

    public PacketWriter writeLenencString(String value, Charset charset) {
        return writeLenencBytes(value.getBytes(charset));
    }

    /** The NULL of a text row. */
    public PacketWriter writeNull() {
        return writeByte(0xFB);
    }

    public PacketWriter writeNulString(String value, Charset charset) {
        return writeBytes(value.getBytes(charset)).writeByte(0);
    }

    public PacketWriter writeNulString(String value) {
        return writeNulString(value, StandardCharsets.UTF_8);
    }

    public PacketWriter writeZeros(int count) {
        grow(count);
        length += count;
        return this;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void grow(int count) {
        long needed = (long) length + count;
        if (needed > MAX_PAYLOAD) {
            throw new CodecException("expected a payload of at most " + MAX_PAYLOAD + " bytes, got " + needed);
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_PAYLOAD, Math.max(needed, 2L * bytes.length)));
        }
    }

    /** Number of packets that carry a payload: one more than its whole multiples of {@link #MAX_PACKET}. */
    public static int packets(int payloadLength) {
        return payloadLength / MAX_PACKET + 1;
    }

    /**
     * A payload as packets on the wire, numbered from {@code sequence}; one whose length is a multiple of {@link #MAX_PACKET} ends with an
     * empty packet.
     */
    public static byte[] frame(int sequence, byte[] payload) {
        int packets = packets(payload.length);
        byte[] framed = new byte[Math.addExact(payload.length, HEADER * packets)];
        int from = 0;
        int to = 0;
        for (int i = 0; i < packets; i++) {
            int part = Math.min(MAX_PACKET, payload.length - from);
            framed[to++] = (byte) part;
            framed[to++] = (byte) (part >>> 8);
            framed[to++] = (byte) (part >>> 16);
            framed[to++] = (byte) (sequence + i);
            System.arraycopy(payload, from, framed, to, part);
            from += part;
            to += part;
        }
        return framed;
    }
}
