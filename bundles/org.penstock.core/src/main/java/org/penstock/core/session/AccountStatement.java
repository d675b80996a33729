package org.penstock.core.session;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/** Tells by its first words whether a statement may change who may log in. */
final class AccountStatement {
    /** Bytes that are looked at. */
    static final int MAX_LENGTH = 128;

    private static final int MAX_WORDS = 4;

    /** The first three letters of the words with which such statements begin. */
    private static final int[] WORDS = Stream.of("gra", "rev", "cre", "alt", "dro", "ren", "set", "flu")
            .mapToInt(word -> word.charAt(0) << 16 | word.charAt(1) << 8 | word.charAt(2))
            .toArray();

    private AccountStatement() {}

    /** Whether the payload, a command byte and a text, begins as such a statement. */
    static boolean matches(Bytes bytes, int from, int count) {
        int at = from + 1;
        int end = from + count;
        while (at < end && bytes.unsignedAt(at) <= ' ') {
            at++;
        }
        if (end - at < 5 || !mayBegin(bytes, at)) {
            return false;
        }
        byte[] copy = new byte[Math.min(MAX_LENGTH, end - at)];
        bytes.copy(at, copy, 0, copy.length);
        String[] words = new String(copy, StandardCharsets.ISO_8859_1)
                .toUpperCase(Locale.ROOT)
                .split("\\s+", MAX_WORDS + 1);
        return changes(words);
    }

    /** Looks at three letters, so that nothing is copied of what is frequent. */
    private static boolean mayBegin(Bytes bytes, int at) {
        int letters = bytes.unsignedAt(at) << 16 | bytes.unsignedAt(at + 1) << 8 | bytes.unsignedAt(at + 2) | 0x202020;
        for (int word : WORDS) {
            if (word == letters) {
                return true;
            }
        }
        return false;
    }

    private static boolean changes(String[] words) {
        return switch (words[0]) {
            case "GRANT", "REVOKE" -> true;
            case "CREATE" -> account(word(words, word(words, 1).equals("OR") ? 3 : 1));
            case "ALTER", "DROP", "RENAME" -> account(word(words, 1));
            case "SET" -> word(words, 1).equals("PASSWORD") || word(words, 1).equals("DEFAULT");
            case "FLUSH" ->
                word(words, 1).startsWith("PRIVILEGES") || word(words, 2).startsWith("PRIVILEGES");
            default -> false;
        };
    }

    private static boolean account(String word) {
        return word.equals("USER") || word.equals("ROLE");
    }

    private static String word(String[] words, int index) {
        return index < words.length ? words[index] : "";
    }
}
