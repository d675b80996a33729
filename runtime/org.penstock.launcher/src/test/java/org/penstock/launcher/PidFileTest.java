package org.penstock.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    Path directory;

    @Test
    void shouldHoldThePidWhileLockedAndNothingAfterwards() throws Exception {
        Path file = directory.resolve("penstock.pid");
        try (PidFile locked = PidFile.lock(file, directory)) {
            assertThat(locked).isNotNull();
            assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void shouldRefuseASecondLockNamingThePid() throws Exception {
        Path file = directory.resolve("penstock.pid");
        try (PidFile locked = PidFile.lock(file, directory)) {
            assertThat(locked).isNotNull();
            assertThatThrownBy(() -> PidFile.lock(file, directory))
                    .isInstanceOfSatisfying(
                            LaunchException.class, e -> assertThat(e.status()).isEqualTo(75))
                    .hasMessageContaining("already runs with data directory " + directory)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
    }

    @Test
    void shouldTakeOverWhatAKilledProcessLeftBehind() throws Exception {
        Path file = Files.writeString(directory.resolve("penstock.pid"), "123456789\n");
        try (PidFile locked = PidFile.lock(file, directory)) {
            assertThat(locked).isNotNull();
            assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
        }
    }
}
