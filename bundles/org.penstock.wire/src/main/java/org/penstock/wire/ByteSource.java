package org.penstock.wire;

import java.util.Objects;

/** Readable bytes by index. An implementation over a buffer is reused, pointed at each chunk that arrives. */
public interface ByteSource {
    /** Number of bytes. */
    int length();

    /**
     * The byte at an index.
     *
     * @throws IndexOutOfBoundsException outside 0 to {@link #length()} - 1
     */
    byte at(int index);

    /** Four bytes from an index as a little-endian integer. */
    default int intAt(int index) {
        return (at(index) & 0xFF)
                | ((at(index + 1) & 0xFF) << 8)
                | ((at(index + 2) & 0xFF) << 16)
                | (at(index + 3) << 24);
    }

    /** A view of a whole array. */
    static ByteSource of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** A view of a part of an array. */
    static ByteSource of(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return new ByteSource() {
            @Override
            public int length() {
                return length;
            }

            @Override
            public byte at(int index) {
                return bytes[offset + Objects.checkIndex(index, length)];
            }
        };
    }
}
