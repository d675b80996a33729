package org.penstock.shell.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.ObjectKind;
import org.penstock.shell.Administration;
import org.penstock.shell.UsageException;
import org.penstock.shell.text.NearestWord;

/** The words for objects: their kinds, names and parameters, read and completed. */
final class ObjectWords {
    private ObjectWords() {}

    /**
     * The kind that a word, singular or plural, names.
     *
     * @throws UsageException for another word or a kind that is not allowed
     */
    static ObjectKind kind(String word, Set<ObjectKind> allowed) {
        for (ObjectKind kind : allowed) {
            if (kind.word().equals(word) || kind.plural().equals(word)) {
                return kind;
            }
        }
        List<String> words = singular(allowed);
        String hint = NearestWord.of(word, words)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        throw new UsageException("'" + word + "' is not one of " + String.join(", ", words) + hint);
    }

    static List<String> singular(Set<ObjectKind> kinds) {
        return kinds.stream().sorted().map(ObjectKind::word).toList();
    }

    static List<String> plural(Set<ObjectKind> kinds) {
        return kinds.stream().sorted().map(ObjectKind::plural).toList();
    }

    /** Names of a kind's objects, or none when they cannot be known now. */
    static List<String> names(Administration administration, ObjectKind kind) {
        try {
            return administration.management().names(kind);
        } catch (AdminException e) {
            return List.of();
        }
    }

    /** Kinds, then names: what follows most verbs. */
    static List<String> kindThenName(Administration administration, Set<ObjectKind> allowed, List<String> words) {
        return switch (words.size()) {
            case 0 -> singular(allowed);
            case 1 ->
                of(words.get(0), allowed).stream()
                        .flatMap(kind -> names(administration, kind).stream())
                        .toList();
            default -> List.of();
        };
    }

    /** The kind of a word, as a list that is empty for another word. */
    static List<ObjectKind> of(String word, Set<ObjectKind> allowed) {
        return allowed.stream()
                .filter(kind -> kind.word().equals(word) || kind.plural().equals(word))
                .toList();
    }

    /** Parameters that are not among the words yet, each with {@code =}. */
    static List<String> parameters(Administration administration, ObjectKind kind, String name, List<String> given) {
        try {
            Set<String> there = given.stream()
                    .map(word -> word.substring(0, Math.max(0, word.indexOf('='))))
                    .collect(Collectors.toSet());
            return administration.configuration().parameters(kind, name).stream()
                    .filter(parameter -> !there.contains(parameter))
                    .map(parameter -> parameter + "=")
                    .toList();
        } catch (AdminException e) {
            return List.of();
        }
    }

    /**
     * Assignments of the form {@code key=value}, in order.
     *
     * @throws UsageException for another form or a key that comes twice
     */
    static Map<String, String> assignments(List<String> words) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new UsageException(
                        "'" + word + "' is not of the form key=value; a value with blanks is quoted: key='a b'");
            }
            if (parameters.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                throw new UsageException("'" + word.substring(0, equals) + "' is given twice");
            }
        }
        return parameters;
    }

    /** The words up to the first assignment. */
    static List<String> leading(List<String> words) {
        List<String> leading = new ArrayList<>();
        for (String word : words) {
            if (word.indexOf('=') > 0) {
                break;
            }
            leading.add(word);
        }
        return leading;
    }
}
