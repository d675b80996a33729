package org.penstock.sql;

import java.util.Map;

/** What a builtin function does besides computing a value. Policy, therefore by hand; which functions exist comes from a server. */
enum FunctionEffect {
    NONE(0),
    /** The session's last insert id, or another value that only the primary has. */
    PRIMARY_READ(1),
    /** About the previous statement. */
    PREVIOUS(2),
    /** Sequences: must run on the primary. */
    WRITE(3),
    /** Locks that a name stands for, and questions about them: where all sessions look for them. */
    LOCK(4);

    private static final FunctionEffect[] VALUES = values();

    private static final Map<String, FunctionEffect> BY_NAME = Map.ofEntries(
            Map.entry("LAST_INSERT_ID", PRIMARY_READ),
            Map.entry("LASTVAL", PRIMARY_READ),
            Map.entry("CURRVAL", PRIMARY_READ),
            Map.entry("FOUND_ROWS", PREVIOUS),
            Map.entry("ROW_COUNT", PREVIOUS),
            Map.entry("NEXTVAL", WRITE),
            Map.entry("SETVAL", WRITE),
            Map.entry("GET_LOCK", LOCK),
            Map.entry("RELEASE_LOCK", LOCK),
            Map.entry("RELEASE_ALL_LOCKS", LOCK),
            Map.entry("IS_FREE_LOCK", LOCK),
            Map.entry("IS_USED_LOCK", LOCK));

    final int code;

    FunctionEffect(int code) {
        this.code = code;
    }

    static FunctionEffect of(String name) {
        return BY_NAME.getOrDefault(name, NONE);
    }

    static FunctionEffect of(int word) {
        return VALUES[word >>> Vocabulary.EFFECT_SHIFT & Vocabulary.EFFECT];
    }
}
