package org.penstock.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.config.TestSchema;

/** What the documents show exists: configuration is valid, commands are known, files and links are there. */
class DocumentationTest {
    private static final Path ROOT = Path.of("../..");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+)(?:#[^)]*)?\\)");
    private static final Pattern SCOPE = Pattern.compile("\"osgi\\.command\\.scope=([\\w.]+)\"");
    private static final Pattern FUNCTION = Pattern.compile("\"osgi\\.command\\.function=([\\w.]+)\"");
    private static final Pattern FILE =
            Pattern.compile("(?<![\\w/.-])(?:/opt/penstock|runtime|bundles|config|docs)/[\\w./-]+");
    private static final Pattern BUILT = Pattern.compile("/target/.*");

    /** The module that the module author's guide makes. */
    private static final String GUIDE_MODULE = "module=tag";

    private static final Set<String> COMMANDS = new HashSet<>();

    @TempDir
    Path directory;

    static List<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String place : List.of("", "docs", "docs/decisions", "runtime")) {
            found.addAll(markdown(ROOT.resolve(place)));
        }
        try (Stream<Path> bundles = Files.list(ROOT.resolve("bundles"))) {
            for (Path bundle : bundles.sorted().toList()) {
                found.addAll(markdown(bundle));
            }
        }
        return found;
    }

    private static List<Path> markdown(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> blocks(Path document, String language) throws IOException {
        Matcher blocks = Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(document));
        return blocks.results().map(block -> block.group(1)).toList();
    }

    @BeforeAll
    static void readCommands() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("bundles"))) {
            for (Path file : files.filter(path -> path.toString().endsWith("Command.java"))
                    .toList()) {
                String text = Files.readString(file);
                List<String> functions = words(FUNCTION, text);
                COMMANDS.addAll(functions);
                words(SCOPE, text).forEach(scope -> functions.forEach(name -> COMMANDS.add(scope + ":" + name)));
            }
        }
    }

    private static List<String> words(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    void shouldFindWhatIsTested() throws IOException {
        assertThat(COMMANDS).contains("list", "alter", "mod:upgrade");
        assertThat(blocks(ROOT.resolve("README.md"), "console")).isNotEmpty();
        assertThat(blocks(ROOT.resolve("README.md"), "sh")).isNotEmpty();
        assertThat(blocks(ROOT.resolve("docs/operations.md"), "ini")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldShowValidConfiguration(Path document) throws IOException {
        for (String block : blocks(document, "ini")) {
            Path file = Files.writeString(directory.resolve("block.cnf"), block);
            CheckedConfiguration checked =
                    ConfigurationCheck.check(Sources.read(file, directory.resolve("none")), TestSchema.all());
            if (block.contains(GUIDE_MODULE)) {
                assertThat(checked.problems())
                        .allSatisfy(problem -> assertThat(problem.toString()).contains("tag"));
            } else {
                assertThat(checked.problems()).as(block).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldShowCommandsThatExist(Path document) throws IOException {
        String prompt = "penstock> ";
        for (String block : blocks(document, "console")) {
            assertThat(block.lines())
                    .allSatisfy(line -> assertThat(line).startsWith(prompt))
                    .allSatisfy(
                            line -> assertThat(line.substring(prompt.length()).split(" ", 2)[0])
                                    .isIn(COMMANDS));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldNameFilesThatExist(Path document) throws IOException {
        for (String block : blocks(document, "sh")) {
            assertThat(FILE.matcher(block).results().map(MatchResult::group))
                    .allSatisfy(name -> assertThat(ROOT.resolve(source(name))).exists());
        }
    }

    /** Where a file of the distribution or of a build comes from. */
    private static String source(String name) {
        return BUILT.matcher(name.replace("/opt/penstock", "runtime/src/main/dist"))
                .replaceFirst("/pom.xml");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldLinkToWhatExists(Path document) throws IOException {
        String prose = Files.readString(document).replaceAll("(?ms)^```.*?^```", "");
        assertThat(words(LINK, prose))
                .filteredOn(link -> !link.contains("://"))
                .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }
}
