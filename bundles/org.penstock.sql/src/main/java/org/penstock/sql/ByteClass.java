package org.penstock.sql;

/** What a byte begins, as a table of all 256. */
final class ByteClass {

    static final byte PUNCTUATION = 0;
    static final byte SPACE = 1;
    static final byte WORD = 2;
    static final byte DIGIT = 3;
    static final byte QUOTE = 4;
    static final byte DOUBLE_QUOTE = 5;
    static final byte BACKTICK = 6;
    static final byte SIGN = 7;
    static final byte SLASH = 8;
    static final byte HASH = 9;
    static final byte AT = 10;
    static final byte DOT = 11;
    static final byte COLON = 12;
    static final byte STAR = 13;
    /** Never outside quotes: control characters and the backslash. */
    static final byte BAD = 14;

    static final byte[] OF = new byte[256];

    static {
        for (int i = 0; i < OF.length; i++) {
            OF[i] = of(i);
        }
    }

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long LOWS = ONES * 0x7f;

    private ByteClass() {}

    private static byte of(int value) {
        if (value >= 0x80 || Character.isLetter(value) || value == '_' || value == '$') {
            return WORD;
        }
        if (value >= '0' && value <= '9') {
            return DIGIT;
        }
        return switch (value) {
            case ' ', '\t', '\n', 0x0b, '\f', '\r' -> SPACE;
            case '\'' -> QUOTE;
            case '"' -> DOUBLE_QUOTE;
            case '`' -> BACKTICK;
            case '-', '+' -> SIGN;
            case '/' -> SLASH;
            case '#' -> HASH;
            case '@' -> AT;
            case '.' -> DOT;
            case ':' -> COLON;
            case '*' -> STAR;
            case '\\', 0x7f -> BAD;
            default -> value < ' ' ? BAD : PUNCTUATION;
        };
    }

    /** Whether the byte continues a word. */
    static boolean inWord(byte value) {
        byte kind = OF[value & 0xff];
        return kind == WORD || kind == DIGIT;
    }

    /** How many of eight bytes, from the lowest on, continue a word: all of them at once, by carries into their highest bits. */
    static int wordLength(long eight) {
        long low = eight & LOWS;
        long folded = low | ONES * 0x20;
        long letter = folded + ONES * (0x80 - 'a') & ~(folded + ONES * (0x7f - 'z'));
        long digit = low + ONES * (0x80 - '0') & ~(low + ONES * (0x7f - '9'));
        long underscore = ~((low ^ ONES * '_') + LOWS);
        long dollar = ~((low ^ ONES * '$') + LOWS);
        long others = ~(eight | letter | digit | underscore | dollar) & HIGHS;
        return Long.numberOfTrailingZeros(others) >>> 3;
    }
}
