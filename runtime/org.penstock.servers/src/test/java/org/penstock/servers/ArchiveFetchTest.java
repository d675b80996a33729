package org.penstock.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFetchTest {

    @TempDir
    Path directory;

    @Test
    void shouldNameMavenWhenItIsNotOnThePath() {
        assertThatThrownBy(() -> ArchiveFetch.program("mvn", Map.of("PATH", directory.toString())))
                .isInstanceOf(ServersUnavailableException.class)
                .hasMessageContaining("mvn is not on the PATH")
                .hasMessageContaining("install Apache Maven");
    }

    @Test
    void shouldPreferTheMavenThatTheEnvironmentNames() throws IOException {
        Path maven = Files.writeString(
                Files.createDirectory(directory.resolve("bin")).resolve("mvn"), "");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        assertThat(ArchiveFetch.program("mvn", Map.of("MAVEN_HOME", directory.toString(), "PATH", "/usr/bin")))
                .isEqualTo(maven);
    }

    @Test
    void shouldNotFetchWhenTheArchiveIsThere() throws IOException {
        ServerArchive archive = new ServerArchive(directory);
        Files.createDirectories(archive.directory());
        Files.writeString(archive.file(), "");
        assertThat(archive.located(Progress.silent(), (wanted, progress) -> {
                    throw new AssertionError("fetched");
                }))
                .isEqualTo(archive.file());
    }

    @Test
    void shouldSayWhereTheArchiveWasExpectedWhenFetchingBroughtNone() {
        assertThatThrownBy(() -> new ServerArchive(directory).located(Progress.silent(), (wanted, progress) -> {}))
                .isInstanceOf(ServersUnavailableException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void shouldShowWhatMavenComplainsAboutWithoutItsAdvice() {
        assertThat(
                        ArchiveFetch.complaints(
                                """
                        \033[0m\033[0m[ERROR] Could not transfer artifact: Connection refused -> [Help 1]
                        [ERROR]\s
                        [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
                        [ERROR] [Help 1] http://cwiki.apache.org/confluence
                        """))
                .isEqualTo("Could not transfer artifact: Connection refused");
    }
}
