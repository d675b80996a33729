package org.penstock.core.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldRemoveTheFileThatAnEndedProcessLeft() throws Exception {
        Path file = directory.resolve("left");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(file));
        }
        assertThat(file).exists();
        SocketFile.removeStale(file);
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldLeaveTheSocketOnWhichSomebodyListens() throws Exception {
        Path file = directory.resolve("served");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(file), 1);
            for (int i = 0; i < 5; i++) {
                // Beyond its backlog too.
                SocketFile.removeStale(file);
                assertThat(file).exists();
            }
        }
    }

    @Test
    void shouldLeaveWhatIsNoSocket() throws Exception {
        Path file = Files.writeString(directory.resolve("data"), "precious");
        SocketFile.removeStale(file);
        assertThat(file).hasContent("precious");
        SocketFile.removeStale(directory.resolve("missing"));
        assertThat(directory.resolve("missing")).doesNotExist();
    }
}
