package org.penstock.filter.qlafilter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a statement does to the transaction, by its first words; NONE for all others and for implicit begins and commits. */
enum TransactionWord {
    NONE(""),
    BEGIN("BEGIN"),
    COMMIT("COMMIT"),
    ROLLBACK("ROLLBACK");

    /** Characters of a statement that are looked at. */
    private static final int HEAD = 256;

    private static final Pattern FIRST_WORDS = Pattern.compile(
            "(?:\\s++|/\\*(?![!M]).*?\\*/|(?:--\\s|#)[^\\n]*+\\n)*+"
                    + "(?:(BEGIN\\b(?!\\s+NOT\\b)|START\\s+TRANSACTION\\b)|(COMMIT\\b)|(ROLLBACK\\b(?!(?:\\s+WORK)?\\s+TO\\b)))",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final String text;

    TransactionWord(String text) {
        this.text = text;
    }

    static TransactionWord of(String sql) {
        Matcher matcher = FIRST_WORDS.matcher(sql);
        matcher.region(0, Math.min(HEAD, sql.length()));
        if (!matcher.lookingAt()) {
            return NONE;
        }
        if (matcher.group(1) != null) {
            return BEGIN;
        }
        return matcher.group(2) != null ? COMMIT : ROLLBACK;
    }

    @Override
    public String toString() {
        return text;
    }
}
