package org.penstock.sql;

/** Where quoted texts, numbers and comments end. */
final class Lexemes {

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long BACKSLASHES = ONES * '\\';

    private Lexemes() {}

    /** The index behind the closing quote of the text that opens at {@code start}, or -1. Doubled quotes belong to the text. */
    static int quoted(byte[] in, int start, int end, boolean escapes) {
        byte quote = in[start];
        long quotes = ONES * quote;
        int p = start + 1;
        for (; ; ) {
            while (end - p >= Long.BYTES) {
                long word = (long) Vocabulary.LONGS.get(in, p);
                long x = word ^ quotes;
                long found = x - ONES & ~x & HIGHS;
                if (escapes) {
                    long y = word ^ BACKSLASHES;
                    found |= y - ONES & ~y & HIGHS;
                }
                if (found != 0) {
                    p += Long.numberOfTrailingZeros(found) >>> 3;
                    break;
                }
                p += Long.BYTES;
            }
            while (p < end && in[p] != quote && !(escapes && in[p] == '\\')) {
                p++;
            }
            if (p >= end) {
                return -1;
            }
            if (in[p] == quote) {
                if (p + 1 >= end || in[p + 1] != quote) {
                    return p + 1;
                }
            }
            // A doubled quote, or a backslash with what it escapes.
            p += 2;
        }
    }

    /** The same in a character set whose characters may contain the quote or a backslash. */
    static int quoted(byte[] in, int start, int end, boolean escapes, ClientCharset charset) {
        byte quote = in[start];
        int p = start + 1;
        while (p < end) {
            int length = charset.length(in, p, end);
            if (length > 1) {
                p += length;
            } else if (escapes && in[p] == '\\') {
                // What is escaped may itself be the lead byte of a character.
                p += 1 + (p + 1 < end ? charset.length(in, p + 1, end) : 1);
            } else if (in[p] == quote) {
                if (p + 1 >= end || in[p + 1] != quote) {
                    return p + 1;
                }
                p += 2;
            } else {
                p++;
            }
        }
        return -1;
    }

    /**
     * The index behind a number that begins at {@code start} with a digit, or with a dot before a digit; {@code start} itself when the
     * text is a name that begins with digits.
     */
    static int number(byte[] in, int start, int end) {
        int p = start;
        if (in[p] == '0' && p + 1 < end && (in[p + 1] == 'x' || in[p + 1] == 'b')) {
            int q = p + 2;
            boolean hex = in[p + 1] == 'x';
            while (q < end && (hex ? isHex(in[q]) : in[q] == '0' || in[q] == '1')) {
                q++;
            }
            if (q > p + 2 && (q >= end || !ByteClass.inWord(in[q]))) {
                return q;
            }
        }
        p = digits(in, p, end);
        if (p < end && in[p] == '.') {
            return exponent(in, digits(in, p + 1, end), end);
        }
        int e = exponent(in, p, end);
        if (e > p) {
            return e;
        }
        return p < end && ByteClass.inWord(in[p]) ? start : p;
    }

    private static int digits(byte[] in, int from, int end) {
        int p = from;
        while (p < end && in[p] >= '0' && in[p] <= '9') {
            p++;
        }
        return p;
    }

    private static int exponent(byte[] in, int p, int end) {
        if (p < end && (in[p] | 0x20) == 'e') {
            int q = p + 1;
            if (q < end && (in[q] == '+' || in[q] == '-')) {
                q++;
            }
            int r = digits(in, q, end);
            return r > q ? r : p;
        }
        return p;
    }

    private static boolean isHex(byte value) {
        return (value >= '0' && value <= '9') || ((value | 0x20) >= 'a' && (value | 0x20) <= 'f');
    }

    /** The index behind the end of a comment whose text begins at {@code from}, or -1; {@code nested} lets one level of comments inside. */
    static int comment(byte[] in, int from, int end, boolean nested) {
        int p = from;
        while (p + 1 < end) {
            if (in[p] == '*' && in[p + 1] == '/') {
                return p + 2;
            }
            if (nested && in[p] == '/' && in[p + 1] == '*') {
                p = comment(in, p + 2, end, false);
                if (p < 0) {
                    return -1;
                }
            } else {
                p++;
            }
        }
        return -1;
    }

    /** The index of the line's end from {@code from} on. */
    static int line(byte[] in, int from, int end) {
        int p = from;
        while (p < end && in[p] != '\n') {
            p++;
        }
        return p;
    }
}
