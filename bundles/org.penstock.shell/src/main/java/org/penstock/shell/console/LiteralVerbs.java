package org.penstock.shell.console;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The verbs whose words are values: a line that begins with one is a single command, and {@code |}, {@code $}, {@code %} or brackets in it
 * stand for themselves, as in {@code alter service RW filters=log|rewrite}. Only quotes and the backslash keep their meaning.
 */
final class LiteralVerbs {
    private static final Set<String> VERBS = Set.of("alter", "create", "call");
    private static final Pattern SECRET =
            Pattern.compile("(?i)([\\w.]*(?:pass|pw|secret|key)[\\w.]*)=.+", Pattern.DOTALL);

    private LiteralVerbs() {}

    /** The line as Gogo must see it. */
    static String rewrite(String line) {
        List<String> words = CommandWords.literal(line);
        if (words.isEmpty() || !VERBS.contains(unqualified(words.get(0)))) {
            return line;
        }
        return words.get(0)
                + words.stream().skip(1).map(LiteralVerbs::quoted).collect(Collectors.joining(" ", " ", ""));
    }

    /** The line's words without values of parameters that may be secrets. */
    static String redact(String line) {
        return CommandWords.literal(line).stream()
                .map(word -> SECRET.matcher(word).replaceFirst("$1=***"))
                .collect(Collectors.joining(" "));
    }

    private static String unqualified(String verb) {
        return verb.startsWith("penstock:") ? verb.substring("penstock:".length()) : verb;
    }

    /** Quoted always, so that Gogo makes no number of it. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
