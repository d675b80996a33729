package org.penstock.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Writes the vocabulary of a server into the resources of this bundle. Not part of the build: the README has the command. Property
 * {@code vocabulary.url} is a JDBC URL with an account; {@code vocabulary.name} names the file, such as {@code mariadb-10.11};
 * {@code vocabulary.candidates} is a file with more words to try, because no server lists all of its functions: the strings of its program.
 */
final class VocabularyRefresh {

    private static final Path DIRECTORY = Path.of("src/main/resources/org/penstock/sql/vocabulary");

    @Test
    void refresh() throws IOException, SQLException {
        TreeSet<String> known = new TreeSet<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("#") && line.contains(" "))
                        .forEach(line -> known.add(line.substring(0, line.indexOf(' '))));
            }
        }
        String more = System.getProperty("vocabulary.candidates");
        if (more != null) {
            known.addAll(Files.readAllLines(Path.of(more)));
        }
        try (Connection connection = DriverManager.getConnection(System.getProperty("vocabulary.url"))) {
            TreeMap<String, String> words = new VocabularyProbe(connection).words(known);
            assertThat(words).containsEntry("SELECT", "RN").containsEntry("ABS", "F");
            List<String> lines = new ArrayList<>();
            lines.add(
                    "# Generated from " + connection.getMetaData().getDatabaseProductVersion()
                            + " by VocabularyRefresh. R reserved, N never called, F function, B function unless a blank precedes its bracket.");
            words.forEach((word, flags) -> lines.add(word + " " + flags));
            Files.write(DIRECTORY.resolve(System.getProperty("vocabulary.name") + ".txt"), lines);
        }
    }
}
