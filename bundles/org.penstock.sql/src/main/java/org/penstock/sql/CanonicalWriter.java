package org.penstock.sql;

/**
 * Writes a canonical form into a given array: the statement's bytes as they are, but for the pieces that are named to it in their order. Stops,
 * with a mark, when the array is full.
 */
final class CanonicalWriter {

    /** Pieces up to that length are copied eight bytes at a time. */
    private static final int SHORT = 128;

    private byte[] in = {};
    private byte[] out = {};
    private int room;
    private boolean cut;
    private int written;
    /** Where the part of the statement begins that is not yet copied. */
    private int rest;

    /** Begins anew with the statement at {@code from}; the last eight bytes of the array are never text. */
    void start(byte[] sql, int from, byte[] array) {
        in = sql;
        rest = from;
        out = array;
        room = array.length - Long.BYTES;
        written = 0;
        cut = false;
    }

    int written() {
        return written;
    }

    /** Whether something did not fit. */
    boolean isCut() {
        return cut;
    }

    /** A question mark stands for the bytes from {@code from} to {@code to}. */
    void replace(int from, int to) {
        copyTo(from);
        put('?');
        rest = to;
    }

    /** The bytes from {@code from} to {@code to} are left out; {@code apart} keeps what they stood between apart. */
    void drop(int from, int to, boolean apart) {
        copyTo(from);
        rest = to;
        if (apart && written > 0 && ByteClass.OF[out[written - 1] & 0xff] != ByteClass.SPACE) {
            put(' ');
        }
    }

    private void put(int c) {
        if (written < room) {
            out[written++] = (byte) c;
        } else {
            cut = true;
        }
    }

    /** Copies what comes before {@code to}. */
    void copyTo(int to) {
        int from = rest;
        int length = to - from;
        rest = to;
        if (length > room - written) {
            length = room - written;
            cut = true;
        }
        if (length <= SHORT && in.length - from >= length + Long.BYTES) {
            byte[] source = in;
            byte[] target = out;
            int at = written;
            for (int i = 0; i < length; i += Long.BYTES) {
                Vocabulary.LONGS.set(target, at + i, (long) Vocabulary.LONGS.get(source, from + i));
            }
        } else {
            System.arraycopy(in, from, out, written, length);
        }
        written += length;
    }
}
