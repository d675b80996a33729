package org.penstock.sql.hint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.penstock.api.statement.Hint;

/** The words of a hint's comment, and the hint that they make. */
final class HintText {

    /** Bytes of a comment that are looked at. */
    static final int MAX_BYTES = 1024;

    private static final int MAX_WORDS = 16;

    private HintText() {}

    /** The words behind {@code maxscale}; an equals sign is a word. Empty when it is no hint or too long for one. */
    static List<String> words(byte[] bytes, int from, int to) {
        if (to - from > MAX_BYTES) {
            return List.of();
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length() && words.size() <= MAX_WORDS; i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c <= ' ' || c == '=') {
                if (word.length() > 0) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                if (c == '=') {
                    words.add("=");
                }
            } else {
                word.append(c);
            }
        }
        boolean hint =
                words.size() > 1 && words.size() <= MAX_WORDS && words.get(0).equalsIgnoreCase("maxscale");
        return hint ? words.subList(1, words.size()) : List.of();
    }

    /** The hint that all of these words make. */
    static Optional<Hint> hint(List<String> words) {
        if (words.size() >= 3 && is(words.get(0), "route") && is(words.get(1), "to")) {
            return route(words.subList(2, words.size()));
        }
        if (words.size() == 3 && words.get(1).equals("=")) {
            return Optional.of(new Hint.Parameter(words.get(0).toLowerCase(Locale.ROOT), words.get(2)));
        }
        return Optional.empty();
    }

    private static Optional<Hint> route(List<String> target) {
        String kind = target.get(0).toLowerCase(Locale.ROOT);
        if (target.size() == 2 && kind.equals("server")) {
            return Optional.of(new Hint.ToServer(target.get(1)));
        }
        if (target.size() > 1) {
            return Optional.empty();
        }
        return switch (kind) {
            case "master" -> Optional.of(new Hint.ToPrimary());
            case "slave" -> Optional.of(new Hint.ToReplica());
            case "last" -> Optional.of(new Hint.ToLast());
            default -> Optional.empty();
        };
    }

    static boolean is(String word, String... keywords) {
        for (String keyword : keywords) {
            if (word.equalsIgnoreCase(keyword)) {
                return true;
            }
        }
        return false;
    }
}
