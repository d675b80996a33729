package org.penstock.wire.compress;

/** The header of a compressed frame: three bytes of length, the number, three bytes of length before compression, 0 for a body that is not compressed. */
final class Frame {
    static final int HEADER = 7;

    /** Bodies below this do not get shorter by compression. */
    static final int MIN_COMPRESSED = 50;

    private Frame() {}

    static int int3(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
    }

    static void putInt3(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >>> 8);
        bytes[at + 2] = (byte) (value >>> 16);
    }
}
