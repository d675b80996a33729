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
    private static final String SERVER = "route to server ";

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

    /** A hint as one line without tabs, whatever its names hold. */
    static String encoded(Hint hint) {
        return hint.toString()
                .replace("%", "%25")
                .replace("\t", "%09")
                .replace("\n", "%0A")
                .replace("\r", "%0D");
    }

    /** The hint that such a line holds. */
    static Optional<Hint> decoded(String line) {
        String text = line.replace("%0D", "\r")
                .replace("%0A", "\n")
                .replace("%09", "\t")
                .replace("%25", "%");
        if (text.startsWith(SERVER)) {
            return Optional.of(new Hint.ToServer(text.substring(SERVER.length())));
        }
        return switch (text) {
            case "route to master" -> Optional.of(new Hint.ToPrimary());
            case "route to slave" -> Optional.of(new Hint.ToReplica());
            case "route to all" -> Optional.of(new Hint.ToAll());
            case "route to last" -> Optional.of(new Hint.ToLast());
            default -> parameter(text);
        };
    }

    private static Optional<Hint> parameter(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? Optional.empty()
                : Optional.of(new Hint.Parameter(text.substring(0, equals), text.substring(equals + 1)));
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
