package org.penstock.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path home;

    @Test
    void shouldKeepSecretsInPrivateDirectories() throws Exception {
        DataDirectory directory = directory("data");
        directory.create();
        directory.emptyConfigStore();

        for (String secret : new String[] {"data/run", "data/cm"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(secret))))
                    .isEqualTo("rwx------");
        }
        assertThat(home.resolve("data/log")).isDirectory();
    }

    @Test
    void shouldSayWhatToDoWhenTheDirectoryCannotBeMade() throws IOException {
        Files.createFile(home.resolve("data"));

        assertThatThrownBy(() -> directory("data").create())
                .isInstanceOfSatisfying(
                        LaunchException.class, e -> assertThat(e.status()).isEqualTo(73))
                .hasMessageContaining("cannot write the data directory " + home.resolve("data"))
                .hasMessageContaining("-D");
    }

    @Test
    void shouldForgetConfigurationsOfTheLastStart() throws Exception {
        DataDirectory directory = directory("data");
        directory.create();
        Path store = directory.emptyConfigStore();
        Files.writeString(Files.createDirectories(store.resolve("org/penstock")).resolve("old.config"), "x");

        assertThat(directory.emptyConfigStore()).isEqualTo(store).isEmptyDirectory();
    }

    @Test
    void shouldListenInTheRunDirectoryWhenThePathFits() throws Exception {
        DataDirectory directory = directory("d");
        directory.create();

        assertThat(directory.consoleSocket()).isEqualTo(home.resolve("d/run/console.sock"));
        assertThat(home.resolve("d/run/console.path")).doesNotExist();
    }

    @Test
    void shouldListenInAShortPrivateDirectoryWhenThePathIsTooLong() throws Exception {
        DataDirectory directory = directory("d".repeat(100));
        directory.create();

        Path socket = directory.consoleSocket();

        assertThat(socket.toString()).hasSizeLessThanOrEqualTo(DataDirectory.MAX_SOCKET_PATH);
        assertThat(home.resolve("d".repeat(100)).resolve("run/console.path")).hasContent(socket.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.resolveSibling(""))))
                .isEqualTo("rwx------");

        directory.removeShortSocket();
        assertThat(socket.resolveSibling("")).doesNotExist();
        assertThat(home.resolve("d".repeat(100)).resolve("run/console.path")).doesNotExist();
    }

    @Test
    void shouldTakeDefaultsInsideTheDistribution() throws Exception {
        LaunchSettings settings = settings(new Properties());

        assertThat(settings.data()).isEqualTo(home.resolve("data"));
        assertThat(settings.conf()).isEqualTo(home.resolve("conf/penstock.cnf"));
        assertThat(settings.version()).isEqualTo("1.2.3");
        assertThat(settings.stopTimeout()).hasSeconds(30);
    }

    @Test
    void shouldRefuseAStopTimeoutThatIsNoNumber() {
        Properties properties = new Properties();
        properties.setProperty("penstock.stop.timeout", "soon");

        assertThatThrownBy(() -> settings(properties))
                .isInstanceOf(LaunchException.class)
                .hasMessage("penstock.stop.timeout: expected a number of seconds, got 'soon'");
    }

    private DataDirectory directory(String name) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("penstock.data", home.resolve(name).toString());
        try {
            return new DataDirectory(settings(properties));
        } catch (LaunchException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private LaunchSettings settings(Properties properties) throws IOException, LaunchException {
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/VERSION"), "1.2.3\n");
        properties.setProperty("penstock.home", home.toString());
        return LaunchSettings.of(properties);
    }
}
