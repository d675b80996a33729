package org.penstock.sql;

/** Writes a canonical form into a given array and stops, with a mark, when that is full. */
final class CanonicalWriter {

    /** Names up to that length are copied eight bytes at a time. */
    private static final int SHORT = 64;

    private byte[] out = {};
    private int room;
    private boolean cut;
    private int written;

    /** Begins anew; the last eight bytes of the array are never text. */
    void start(byte[] array) {
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

    void put(int c) {
        if (written < room) {
            out[written++] = (byte) c;
        } else {
            cut = true;
        }
    }

    /** A blank, unless there is white space or nothing before it. */
    void separate() {
        if (written > 0 && ByteClass.OF[out[written - 1] & 0xff] != ByteClass.SPACE) {
            put(' ');
        }
    }

    void copy(byte[] in, int from, int to) {
        int length = to - from;
        if (length > room - written) {
            cut = true;
            room = written;
        } else if (length <= SHORT && in.length - from >= SHORT + Long.BYTES) {
            for (int i = 0; i < length; i += Long.BYTES) {
                Vocabulary.LONGS.set(out, written + i, (long) Vocabulary.LONGS.get(in, from + i));
            }
            written += length;
        } else {
            System.arraycopy(in, from, out, written, length);
            written += length;
        }
    }
}
