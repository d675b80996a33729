package org.penstock.launcher.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a scripted server: it reads one request line and writes the given answer, byte by byte. */
@Timeout(30)
class ConsoleConnectionTest {
    @TempDir
    Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldCopyBothOutputsAndReturnTheStatus() throws Exception {
        String text = "zwölf\n";
        CompletableFuture<String> request =
                serve("OUT " + text.getBytes(UTF_8).length + "\n" + text + "ERR 3\nbadOUT 0\nOUT 2\nokEXIT 64\n");

        try (ConsoleConnection connection = ConsoleConnection.open(data)) {
            assertThat(connection.exec("list servers", out, err)).isEqualTo(64);
        }

        assertThat(out.toString(UTF_8)).isEqualTo("zwölf\nok");
        assertThat(err.toString(UTF_8)).isEqualTo("bad");
        assertThat(request.get(10, TimeUnit.SECONDS)).isEqualTo("EXEC " + base64("list servers"));
    }

    @Test
    void shouldReadCandidates() throws Exception {
        CompletableFuture<String> request =
                serve("CANDIDATES 2\n" + base64("server1 ") + "\n" + base64("größe") + "\n");

        try (ConsoleConnection connection = ConsoleConnection.open(data)) {
            assertThat(connection.complete("show server s")).containsExactly("server1 ", "größe");
        }

        assertThat(request.get(10, TimeUnit.SECONDS)).isEqualTo("COMPLETE " + base64("show server s"));
    }

    @Test
    void shouldFollowThePointerWhenTheDataDirectoryIsTooDeep() throws Exception {
        CompletableFuture<String> request = serve("EXIT 0\n");
        Path deep = data.resolve("x".repeat(120));
        Files.createDirectories(deep.resolve("run"));
        Files.writeString(deep.resolve("run/console.path"), data.resolve("run/console.sock") + "\n");

        try (ConsoleConnection connection = ConsoleConnection.open(deep)) {
            assertThat(connection.exec("x", out, err)).isZero();
        }

        assertThat(request.get(10, TimeUnit.SECONDS)).startsWith("EXEC ");
    }

    @Test
    void shouldFailWhenTheServerLeavesAtAnyByte() throws Exception {
        String answer = "OUT 4\nabcdERR 2\nxxEXIT 0\n";
        for (int length = 0; length < answer.length(); length++) {
            CompletableFuture<String> request = serve(answer.substring(0, length));
            try (ConsoleConnection connection = ConsoleConnection.open(data)) {
                assertThatThrownBy(() -> connection.exec("x", out, err))
                        .as("after %d bytes", length)
                        .isInstanceOf(EOFException.class);
            }
            request.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldRefuseWhatIsNotTheProtocol() throws Exception {
        for (String answer : new String[] {
            "HTTP/1.1 400 Bad Request\n", "OUT -1\n", "OUT 65537\n", "OUT x\n", "EXIT\n", "CANDIDATES 0\n"
        }) {
            CompletableFuture<String> request = serve(answer);
            try (ConsoleConnection connection = ConsoleConnection.open(data)) {
                assertThatThrownBy(() -> connection.exec("x", out, err))
                        .as(answer)
                        .isInstanceOf(IOException.class)
                        .hasMessage("not the console of Penstock: it answered '" + answer.strip() + "'");
            }
            request.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldRefuseALineWithoutEnd() throws Exception {
        CompletableFuture<String> request = serve("x".repeat(200_000));
        try (ConsoleConnection connection = ConsoleConnection.open(data)) {
            assertThatThrownBy(() -> connection.exec("x", out, err)).hasMessageContaining("a line of more than");
        }
        assertThat(request).isNotNull();
    }

    /** Completes with the request line. */
    private CompletableFuture<String> serve(String answer) throws IOException {
        Path socket = Files.createDirectories(data.resolve("run")).resolve("console.sock");
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        CompletableFuture<String> request = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (server;
                    SocketChannel client = server.accept()) {
                request.complete(readLine(client));
                for (byte single : answer.getBytes(UTF_8)) {
                    client.write(ByteBuffer.wrap(new byte[] {single}));
                }
            } catch (IOException e) {
                request.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return request;
    }

    private static String readLine(SocketChannel client) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (client.read(one) == 1 && one.get(0) != '\n') {
            line.append((char) one.get(0));
            one.clear();
        }
        return line.toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
