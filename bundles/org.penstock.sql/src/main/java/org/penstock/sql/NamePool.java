package org.penstock.sql;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names as strings, each made once: statements of one application name the same few tables and columns again and again. Bounded: of two names with one
 * place the later stays. Belongs to one thread.
 */
final class NamePool {

    private static final int BITS = 9;

    /** Bytes of the longest name that is kept: what servers allow. */
    private static final int MAX_LENGTH = 64;

    private static final int MIX = 0x9e37_79b9;

    private final @Nullable String[] names = new @Nullable String[1 << BITS];

    /** The text of the current token without its quotes. */
    String text(Tokenizer t) {
        if (t.kind != Token.NAME) {
            return text(t.in, t.start, t.end);
        }
        byte quote = t.in[t.start];
        for (int i = t.start + 1; i < t.end - 1; i++) {
            if (t.in[i] == quote) {
                return NamePath.text(t);
            }
        }
        return text(t.in, t.start + 1, t.end - 1);
    }

    /** The text of the bytes from {@code from} to {@code to}. */
    String text(byte[] in, int from, int to) {
        int length = to - from;
        int hash = length;
        boolean ascii = length <= MAX_LENGTH;
        for (int i = from; i < to && ascii; i++) {
            hash = 31 * hash + in[i];
            ascii = in[i] >= 0;
        }
        if (!ascii) {
            return new String(in, from, length, StandardCharsets.UTF_8);
        }
        int slot = (hash * MIX) >>> (Integer.SIZE - BITS);
        String known = names[slot];
        if (known == null || !same(known, in, from, length)) {
            known = new String(in, from, length, StandardCharsets.US_ASCII);
            names[slot] = known;
        }
        return known;
    }

    private static boolean same(String name, byte[] in, int from, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != in[from + i]) {
                return false;
            }
        }
        return true;
    }
}
