package org.penstock.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {

    @TempDir
    Path directory;

    @Test
    void shouldReadOnlyThePresentRun() throws IOException {
        Path file = directory.resolve("log");
        ServerLog log = new ServerLog(file);
        log.mark();
        assertThat(log.saysReady()).isFalse();
        Files.writeString(file, "bin/mariadbd: ready for connections.\n");
        assertThat(log.saysReady()).isTrue();
        log.mark();
        assertThat(log.saysReady()).isFalse();
        Files.writeString(file, "Can't start server: Bind on TCP/IP port: in use\n", StandardOpenOption.APPEND);
        assertThat(log.saysPortTaken()).isTrue();
    }

    @Test
    void shouldShowErrorsBeforeAnythingElse() {
        assertThat(ServerLog.complaints("[Note] a\n[ERROR] unknown option\n[Note] b\n"))
                .isEqualTo("[ERROR] unknown option");
        assertThat(ServerLog.complaints("[Note] a\n[Note] b\n")).contains("[Note] a", "[Note] b");
    }
}
