package org.penstock.sql;

import java.nio.charset.StandardCharsets;

/** System variables that say something about routing when they are read or set. */
enum SystemVariable {
    OTHER,
    LAST_INSERT_ID,
    DIAGNOSTICS,
    AUTOCOMMIT,
    /** As {@code @@x} these set the next transaction only. */
    NEXT_ACCESS,
    NEXT_ISOLATION,
    /** These change how the session's later statements are read. */
    READING,
    /** NAMES, CHARACTER SET: the same, and no variables; always of the session. */
    NAMES;

    private static final byte[][] WORDS = words(
            "LAST_INSERT_ID",
            "IDENTITY",
            "LAST_GTID",
            "INSERT_ID",
            "WARNING_COUNT",
            "ERROR_COUNT",
            "AUTOCOMMIT",
            "TX_READ_ONLY",
            "TRANSACTION_READ_ONLY",
            "TX_ISOLATION",
            "TRANSACTION_ISOLATION",
            "SQL_MODE",
            "CHARACTER_SET_CLIENT",
            "NAMES",
            "CHARACTER",
            "CHARSET");
    private static final SystemVariable[] KINDS = {
        LAST_INSERT_ID,
        LAST_INSERT_ID,
        LAST_INSERT_ID,
        LAST_INSERT_ID,
        DIAGNOSTICS,
        DIAGNOSTICS,
        AUTOCOMMIT,
        NEXT_ACCESS,
        NEXT_ACCESS,
        NEXT_ISOLATION,
        NEXT_ISOLATION,
        READING,
        READING,
        NAMES,
        NAMES,
        NAMES
    };

    private static byte[][] words(String... names) {
        byte[][] bytes = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            bytes[i] = names[i].getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }

    boolean hasNoScope() {
        return this == NAMES;
    }

    static SystemVariable of(byte[] in, int start, int length) {
        for (int i = 0; i < WORDS.length; i++) {
            if (WORDS[i].length == length && same(WORDS[i], in, start)) {
                return KINDS[i];
            }
        }
        return OTHER;
    }

    /** Whether the bytes at {@code start} are that word in any letter case. */
    static boolean same(byte[] upper, byte[] in, int start) {
        for (int i = 0; i < upper.length; i++) {
            if (start + i >= in.length || Vocabulary.upper(in[start + i]) != upper[i]) {
                return false;
            }
        }
        return true;
    }
}
