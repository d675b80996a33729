package org.penstock.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @TempDir
    Path parent;

    /** The directory of a process with another id than this one's. */
    private Path foreign() throws IOException {
        Path directory = Files.createDirectory(parent.resolve(RunDirectory.PREFIX + "0-1"));
        Files.writeString(directory.resolve("owner.lock"), "");
        Files.createDirectory(directory.resolve("server1"));
        return directory;
    }

    @Test
    void shouldRemoveDirectoriesWhoseProcessIsGoneWithWhatStillRunsThere() throws Exception {
        Path abandoned = foreign();
        Process orphan = new ProcessBuilder("/bin/sh", "-c", "read forever", abandoned.toString()).start();
        try {
            Files.writeString(abandoned.resolve("server1").resolve("pid"), orphan.pid() + "\n");
            RunDirectory.removeAbandoned(parent);
            assertThat(abandoned).doesNotExist();
            assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void shouldNotKillAProcessThatOnlyHasTheIdOfAServer() throws Exception {
        Path abandoned = foreign();
        Process other = new ProcessBuilder("/bin/sh", "-c", "read forever").start();
        try {
            Files.writeString(abandoned.resolve("server1").resolve("pid"), other.pid() + "\n");
            RunDirectory.removeAbandoned(parent);
            assertThat(abandoned).doesNotExist();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void shouldKeepDirectoriesWhoseProcessLives() throws IOException {
        Path living = foreign();
        try (FileChannel channel = FileChannel.open(living.resolve("owner.lock"), StandardOpenOption.WRITE)) {
            channel.lock();
            RunDirectory.removeAbandoned(parent);
            assertThat(living).exists();
        }
    }

    @Test
    void shouldKeepItselfWhenAnotherIsMadeAndLeaveNothingWhenClosed() throws IOException {
        RunDirectory first = RunDirectory.create(parent);
        RunDirectory second = RunDirectory.create(parent);
        Files.writeString(first.add("server1").resolve("file"), "content");
        assertThat(first.path()).exists();
        first.close();
        second.close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void shouldKillServersAndDeleteTheDirectoryWhenTheWatchdogSeesTheEnd() throws Exception {
        Path directory = foreign();
        Process server = new ProcessBuilder("/bin/sh", "-c", "read forever").start();
        Files.writeString(directory.resolve("server1").resolve("pid"), server.pid() + "\n");
        Watchdog watchdog = new Watchdog(directory);
        long pid = watchdog.pid();
        watchdog.close();
        assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(directory).doesNotExist();
        assertThat(Deadline.in(Duration.ofSeconds(10))
                        .await(() -> ProcessHandle.of(pid).isEmpty()))
                .isTrue();
    }
}
