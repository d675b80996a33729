package org.penstock.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The vocabularies that were generated from real servers, and the choice among them: the newest that is not newer than the server. A server
 * older than all of its family gets only those functions that every vocabulary has, so that a later builtin is not taken for one of its.
 */
final class Vocabularies {

    private static final List<Source> SOURCES = List.of(
            new Source(ServerFamily.MARIADB, 101100, "mariadb-10.11"),
            new Source(ServerFamily.MARIADB, 110400, "mariadb-11.4"),
            new Source(ServerFamily.MYSQL, 80000, "mysql-8.0"));
    private static final int CALLS = Vocabulary.FUNCTION | Vocabulary.TIGHT | Vocabulary.NEVER_CALLED;

    private static final Map<Source, Vocabulary> LOADED = load();
    private static final Map<ServerFamily, Vocabulary> OLDER = older();

    private record Source(ServerFamily family, int version, String name) {}

    private Vocabularies() {}

    static Vocabulary of(ServerFamily family, int version) {
        Vocabulary best = OLDER.get(family);
        for (Source source : SOURCES) {
            if (source.family == family && source.version <= version) {
                best = LOADED.get(source);
            }
        }
        return Objects.requireNonNull(best);
    }

    private static Map<Source, Vocabulary> load() {
        Map<Source, Vocabulary> loaded = new HashMap<>();
        SOURCES.forEach(source -> loaded.put(source, new Vocabulary(words(source))));
        return loaded;
    }

    private static Map<ServerFamily, Vocabulary> older() {
        List<Map<String, Integer>> all = new ArrayList<>();
        SOURCES.forEach(source -> all.add(words(source)));
        Map<ServerFamily, Vocabulary> older = new HashMap<>();
        for (Source source : SOURCES) {
            if (!older.containsKey(source.family)) {
                Map<String, Integer> words = words(source);
                words.replaceAll((word, value) -> known(word, all) ? value : value & ~CALLS);
                older.put(source.family, new Vocabulary(words));
            }
        }
        return older;
    }

    private static boolean known(String word, List<Map<String, Integer>> all) {
        return all.stream().allMatch(words -> (words.getOrDefault(word, 0) & (CALLS | Vocabulary.RESERVED)) != 0);
    }

    private static Map<String, Integer> words(Source source) {
        Map<String, Integer> words = new TreeMap<>(Keyword.byName());
        try (InputStream in = Vocabularies.class.getResourceAsStream("vocabulary/" + source.name + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("no vocabulary " + source.name);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int blank = line.indexOf(' ');
                if (!line.startsWith("#") && blank > 0) {
                    words.merge(
                            line.substring(0, blank),
                            value(line.substring(0, blank), line.substring(blank + 1)),
                            Integer::sum);
                }
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int value(String word, String flags) {
        int value = 0;
        for (int i = 0; i < flags.length(); i++) {
            value |= switch (flags.charAt(i)) {
                case 'R' -> Vocabulary.RESERVED;
                case 'N' -> Vocabulary.NEVER_CALLED;
                case 'F' -> Vocabulary.FUNCTION;
                case 'B' -> Vocabulary.FUNCTION | Vocabulary.TIGHT;
                default -> 0;
            };
        }
        return value | (FunctionEffect.of(word).code << Vocabulary.EFFECT_SHIFT);
    }
}
