package org.penstock.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A cursor over the payload of one packet. Reads beyond its end throw {@link CodecException}. */
public final class PacketReader {
    private static final int NULL_VALUE = 0xFB;

    private final String packet;
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int position;

    /** {@code packet} names what is read, for messages. */
    public PacketReader(String packet, byte[] bytes) {
        this(packet, bytes, 0, bytes.length);
    }

    public PacketReader(String packet, byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.packet = packet;
        this.bytes = bytes;
        this.start = offset;
        this.end = offset + length;
        this.position = offset;
    }

    /** Bytes read so far. */
    public int offset() {
        return position - start;
    }

    public int remaining() {
        return end - position;
    }

    /** The next byte, 0 to 255, without moving; -1 at the end. */
    public int peek() {
        return position < end ? bytes[position] & 0xFF : -1;
    }

    public int readByte() {
        return (int) readInteger(1, "one byte");
    }

    /** Reads one byte that must have a value. */
    public void expectByte(int value, String meaning) {
        int at = offset();
        int found = readByte();
        if (found != value) {
            throw CodecException.at(
                    packet, at, String.format("0x%02X (%s)", value, meaning), String.format("0x%02X", found));
        }
    }

    public int readShort() {
        return (int) readInteger(2, "a 2-byte integer");
    }

    public int readMedium() {
        return (int) readInteger(3, "a 3-byte integer");
    }

    /** Four bytes, unsigned. */
    public long readInt() {
        return readInteger(4, "a 4-byte integer");
    }

    /** Eight bytes; values of 2^63 and more come out negative. */
    public long readLong() {
        return readInteger(8, "an 8-byte integer");
    }

    private long readInteger(int width, String what) {
        require(width, what);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[position + i] & 0xFF);
        }
        position += width;
        return value;
    }

    /** A length-encoded integer; values of 2^63 and more come out negative. NULL is refused. */
    public long readLenenc() {
        int at = offset();
        int first = readByte();
        return switch (first) {
            case 0xFC -> readShort();
            case 0xFD -> readMedium();
            case 0xFE -> readLong();
            case NULL_VALUE, 0xFF ->
                throw CodecException.at(packet, at, "a length-encoded integer", String.format("0x%02X", first));
            default -> first;
        };
    }

    /** A length-encoded string. */
    public byte[] readLenencBytes() {
        int at = offset();
        long length = readLenenc();
        if (length < 0 || length > remaining()) {
            throw CodecException.at(
                    packet, at, "a length of at most " + remaining() + " bytes", Long.toUnsignedString(length));
        }
        return readBytes((int) length);
    }

    /** A length-encoded string, or null for the NULL of a text row. */
    public byte @Nullable [] readNullableLenencBytes() {
        if (peek() == NULL_VALUE) {
            position++;
            return null;
        }
        return readLenencBytes();
    }

    public String readLenencString(Charset charset) {
        return new String(readLenencBytes(), charset);
    }

    public byte[] readBytes(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count: expected 0 or more, got " + count);
        }
        require(count, count + " bytes");
        byte[] value = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return value;
    }

    /** Bytes up to a NUL, which is read too. */
    public byte[] readNulBytes() {
        for (int i = position; i < end; i++) {
            if (bytes[i] == 0) {
                byte[] value = Arrays.copyOfRange(bytes, position, i);
                position = i + 1;
                return value;
            }
        }
        throw CodecException.at(packet, offset(), "a string with a NUL at its end", remaining() + " bytes without one");
    }

    public String readNulString(Charset charset) {
        return new String(readNulBytes(), charset);
    }

    public String readNulString() {
        return readNulString(StandardCharsets.UTF_8);
    }

    /** All bytes that are left. */
    public byte[] readRest() {
        return readBytes(remaining());
    }

    public void skip(int count) {
        require(count, count + " bytes");
        position += count;
    }

    /** The failure of a check that is the caller's, at the current offset. */
    public CodecException unexpected(String expected, String found) {
        return CodecException.at(packet, offset(), expected, found);
    }

    private void require(int count, String what) {
        if (count > end - position) {
            throw CodecException.at(packet, offset(), what, (end - position) + " bytes to the end");
        }
    }
}
