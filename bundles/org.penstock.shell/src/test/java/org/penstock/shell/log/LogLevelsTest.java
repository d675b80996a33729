package org.penstock.shell.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLevelsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepLevelsInTheFileThatTheLogIncludes() throws IOException {
        Path file = directory.resolve("log-levels.xml");
        LogLevels levels = new LogLevels(file);
        assertThat(levels.read()).isEmpty();
        levels.write(Map.of("org.penstock.core", "DEBUG", "ROOT", "WARN"));
        assertThat(file)
                .hasContent(
                        """
                        <included>
                          <root level="WARN" />
                          <logger name="org.penstock.core" level="DEBUG" />
                        </included>
                        """);
        assertThat(levels.read()).isEqualTo(Map.of("org.penstock.core", "DEBUG", "ROOT", "WARN"));
        assertThat(directory.toFile().list()).containsExactly("log-levels.xml");
    }

    @Test
    void shouldTouchTheFileForARotation() throws IOException {
        Path file = directory.resolve("log-levels.xml");
        LogLevels levels = new LogLevels(file);
        levels.touch();
        assertThat(file).exists();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        levels.touch();
        assertThat(Files.getLastModifiedTime(file).toMillis()).isGreaterThan(1_000);
    }

    @Test
    void shouldNameAFileThatIsBroken() throws IOException {
        Path file = Files.writeString(directory.resolve("log-levels.xml"), "<included>");
        assertThatThrownBy(() -> new LogLevels(file).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("log-levels.xml cannot be read");
    }

    @Test
    void shouldTakeTheOutermostPackagesOfABundle() {
        assertThat(LoggerNames.outermost(
                        List.of("org/a/b/X.class", "org/a/b/c/Y.class", "org/a/bc/Z.class", "Top.class")))
                .containsExactly("org.a.b", "org.a.bc");
        assertThat(LoggerNames.outermost(null)).isEmpty();
        assertThat(LoggerNames.together("org.a", List.of("org.a.b", "org.a.c"))).containsExactly("org.a");
        assertThat(LoggerNames.together("org.a", List.of("org.ab", "org.a.c"))).containsExactly("org.ab", "org.a.c");
    }
}
