package org.penstock.sql;

/** Kinds of tokens. A punctuation character is its own kind. */
final class Token {

    static final int END = 0;
    /** An unquoted name or keyword. */
    static final int WORD = 1;
    /** A quoted name. */
    static final int NAME = 2;

    static final int STRING = 3;
    static final int NUMBER = 4;
    /** {@code @x}. */
    static final int VARIABLE = 5;
    /** {@code @@x}, with its scope. */
    static final int SYSTEM_VARIABLE = 6;
    /** {@code :=}. */
    static final int ASSIGN = 7;
    /** A byte that cannot stand outside quotes. */
    static final int BAD = 8;

    private Token() {}

    /** Whether a sign behind that kind belongs to the number that follows. */
    static boolean beforeSign(int kind) {
        return kind > BAD ? kind != ')' && kind != '?' && kind != '}' : kind == ASSIGN;
    }
}
