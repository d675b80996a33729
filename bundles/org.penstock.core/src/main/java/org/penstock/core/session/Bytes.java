package org.penstock.core.session;

import org.penstock.wire.ByteSource;

/** Bytes in transit. Whoever holds them passes them on or releases them, exactly once. */
public interface Bytes extends ByteSource {
    void copy(int from, byte[] target, int offset, int count);

    /** A further holder of a part; released on its own. */
    Bytes slice(int from, int length);

    void release();

    /** Overwrites four bytes with a number, the lowest byte first; for the one who holds these bytes alone. */
    void putInt(int index, int value);

    /** The byte at an index, 0 to 255. */
    default int unsignedAt(int index) {
        return at(index) & 0xFF;
    }
}
