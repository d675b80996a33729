package org.penstock.config.ini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistedSectionsTest {
    @TempDir
    Path directory;

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        PersistedSections persisted = new PersistedSections(directory.resolve("config.d"));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("type", "filter");
        values.put("match", "a;b # c = [d] \\x \";\"");
        values.put("empty", "");
        persisted.write("My Filter/1", values);
        IniFile file = ConfigFiles.tree(directory.resolve("config.d"));
        assertThat(file.errors()).isEmpty();
        assertThat(file.sections()).singleElement().satisfies(section -> {
            assertThat(section.name()).isEqualTo("My Filter/1");
            assertThat(section.values())
                    .allSatisfy((key, value) -> assertThat(value.text()).isEqualTo(values.get(key)));
        });
        try (Stream<Path> files = Files.list(directory.resolve("config.d"))) {
            assertThat(files).extracting(path -> path.getFileName().toString()).containsExactly("My%20Filter%2F1.cnf");
        }
    }

    @Test
    void shouldReplaceAndRemove() throws IOException {
        PersistedSections persisted = new PersistedSections(directory);
        persisted.write("a", Map.of("type", "server"));
        String before = persisted.text("a");
        persisted.write("a", Map.of("type", "filter"));
        assertThat(persisted.text("a")).isEqualTo("[a]\ntype=filter\n");
        persisted.restore("a", before);
        assertThat(persisted.text("a")).isEqualTo("[a]\ntype=server\n");
        persisted.restore("a", null);
        assertThat(persisted.text("a")).isNull();
        assertThat(persisted.remove("a")).isFalse();
    }

    @Test
    void shouldRefuseWhatTheSyntaxCannotCarry() {
        assertThatThrownBy(() -> SectionText.write("s", Map.of("k", "a ;b")))
                .hasMessage("k: cannot be written to a file; expected one line without a semicolon behind white space,"
                        + " got 'a ;b'");
        assertThatThrownBy(() -> SectionText.write("s", Map.of("k", "a\n[x]")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SectionText.write("a]b", Map.of("k", "v")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SectionText.write("s", Map.of("k=l", "v")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadIncludeDirectoryRecursively() throws IOException {
        Path main = Files.writeString(directory.resolve("p.cnf"), "[a]\ntype=server\n");
        Path included = Files.createDirectories(directory.resolve("p.cnf.d/deep"));
        Files.writeString(included.resolve("b.cnf"), "[b]\n");
        Files.writeString(included.resolveSibling("c.cnf"), "[c]\n");
        Files.writeString(included.resolve("ignored.txt"), "[d]\n");
        IniFile file = ConfigFiles.main(main);
        assertThat(file.sections()).extracting(IniSection::name).containsExactly("a", "c", "b");
        assertThat(file.sections().get(2).position())
                .isEqualTo(new Position(included.resolve("b.cnf").toString(), 1));
    }

    @Test
    void shouldReportFilesThatCannotBeRead() throws IOException {
        Path absent = directory.resolve("absent.cnf");
        assertThat(ConfigFiles.main(absent).errors())
                .containsExactly(new IniError(new Position(absent.toString(), 0), "", "", "there is no such file"));
        Path binary = Files.write(directory.resolve("b.cnf"), new byte[] {(byte) 0xC3, 0x28});
        assertThat(ConfigFiles.main(binary).errors())
                .extracting(IniError::message)
                .containsExactly("is not UTF-8 text");
    }

    @Test
    void shouldEncodeNames() {
        assertThat(Encoded.name("Read-Only_1.a")).isEqualTo("Read-Only_1.a");
        assertThat(Encoded.name("a b@c/ä~%")).isEqualTo("a%20b%40c%2F%C3%A4%7E%25");
    }
}
