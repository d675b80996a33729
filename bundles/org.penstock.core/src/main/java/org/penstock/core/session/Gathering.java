package org.penstock.core.session;

import java.util.Arrays;

/** The start of a command, put together from several chunks; grows with what arrives, not with what the client announced. */
final class Gathering {
    private static final int INITIAL = 4096;

    private final int wanted;
    private byte[] bytes;
    private int filled;

    Gathering(int wanted) {
        this.wanted = wanted;
        this.bytes = new byte[Math.min(wanted, INITIAL)];
    }

    boolean full() {
        return filled == wanted;
    }

    /** Copies what is still wanted from a position of a chunk; returns how much that was. */
    int take(Bytes chunk, int from) {
        int count = Math.min(chunk.length() - from, wanted - filled);
        if (bytes.length - filled < count) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Math.max((long) filled + count, 2L * bytes.length)));
        }
        chunk.copy(from, bytes, filled, count);
        filled += count;
        return count;
    }

    Bytes bytes() {
        return new ArrayBytes(bytes, 0, filled);
    }
}
