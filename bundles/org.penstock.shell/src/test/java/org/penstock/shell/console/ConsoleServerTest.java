package org.penstock.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.fake.FakeAppender;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.shell.TestShell;
import org.penstock.shell.console.ConsoleClient.Answer;

@Timeout(60)
class ConsoleServerTest {
    private Path directory;
    private Path socket;
    private TestShell shell;
    private ConsoleServer server;
    private final CountDownLatch sleeping = new CountDownLatch(1);

    @BeforeEach
    void open() throws IOException {
        directory = Files.createTempDirectory("console");
        socket = directory.resolve("run/c.sock");
        shell = new TestShell();
        shell.addFunction("felix", "hang", (session, words) -> {
            sleeping.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        shell.addFunction("felix", "say", (session, words) -> {
            System.out.println("out " + words);
            System.err.println("err");
            return null;
        });
        shell.addFunction("felix", "flood", (session, words) -> "x".repeat(300_000));
        server = new ConsoleServer(shell.processor(), shell.verbs);
        server.open(socket);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        shell.close();
        Files.deleteIfExists(directory.resolve("run"));
        Files.delete(directory);
    }

    @Test
    void shouldRunCommandsUnqualified() throws IOException {
        try (ConsoleClient client = new ConsoleClient(socket)) {
            assertThat(client.exec("list servers"))
                    .isEqualTo(new Answer("Name | Port\n-----+-----\ns1   | 3306\ns2   | 3306\n", "", 0));
            assertThat(client.exec("set server s1 maintenance"))
                    .isEqualTo(new Answer("server 's1': maintenance set\n", "", 0));
            assertThat(client.exec("lb")).isEqualTo(new Answer("felix:lb\n", "", 0));
            assertThat(client.exec("")).isEqualTo(new Answer("", "", 0));
        }
    }

    @Test
    void shouldKeepStandardStreamsApart() throws IOException {
        try (ConsoleClient client = new ConsoleClient(socket)) {
            assertThat(client.exec("say a b")).isEqualTo(new Answer("out [a, b]\n", "err\n", 0));
        }
    }

    @Test
    void shouldKeepLogLinesFromTheTerminal() throws IOException {
        shell.addFunction("felix", "logs", (session, words) -> {
            FakeAppender.append("a log line");
            System.out.println("output");
            return null;
        });
        try (ConsoleClient client = new ConsoleClient(socket)) {
            assertThat(client.exec("logs")).isEqualTo(new Answer("output\n", "", 0));
        }
    }

    @Test
    void shouldSendLongOutputInFrames() throws IOException {
        try (ConsoleClient client = new ConsoleClient(socket)) {
            assertThat(client.exec("flood").out()).isEqualTo("x".repeat(300_000) + "\n");
        }
    }

    @Test
    void shouldAnswerErrorsWithStatus() throws IOException {
        try (ConsoleClient client = new ConsoleClient(socket)) {
            assertThat(client.exec("show server s9")).isEqualTo(new Answer("", "error: no server 's9'\n", 1));
            assertThat(client.exec("lsit servers"))
                    .isEqualTo(new Answer("", "error: unknown command 'lsit'; did you mean 'list'?\n", 64));
            assertThat(client.exec("felix:lbb").err())
                    .isEqualTo("error: unknown command 'felix:lbb'; did you mean 'felix:lb'?\n");
            assertThat(client.exec("kill session"))
                    .isEqualTo(new Answer("", "error: wrong arguments\nusage: kill session ID\n", 64));
            assertThat(client.exec("kill session x").status()).isEqualTo(64);
            Answer unreadable = client.exec("list 'servers");
            assertThat(unreadable.status()).isEqualTo(64);
            assertThat(unreadable.err()).startsWith("error: the line cannot be read");
        }
    }

    @Test
    void shouldCancelACommandAndKeepTheSession() throws Exception {
        try (ConsoleClient client = new ConsoleClient(socket)) {
            client.exec("x = kept");
            client.send("EXEC " + ConsoleClient.encode("hang"));
            sleeping.await();
            client.send("INTERRUPT");
            assertThat(client.answer()).isEqualTo(new Answer("", "cancelled\n", 130));
            assertThat(client.exec("$x").out()).isEqualTo("kept\n");
            assertThat(client.exec("why RW").status()).isZero();
        }
    }

    @Test
    void shouldIgnoreAnInterruptWhenNothingRuns() throws IOException {
        try (ConsoleClient client = new ConsoleClient(socket)) {
            client.send("INTERRUPT");
            assertThat(client.exec("why L1").out()).isEqualTo("'L1' waits for nothing\n");
        }
    }

    @Test
    void shouldCompleteWords() throws IOException {
        try (ConsoleClient client = new ConsoleClient(socket)) {
            assertThat(client.complete("show server ")).containsExactly("s1 ", "s2 ");
            assertThat(client.complete("alter filter log f")).containsExactly("filebase=");
        }
    }

    @Test
    void shouldServeTwoClientsApart() throws Exception {
        try (ConsoleClient one = new ConsoleClient(socket);
                ConsoleClient two = new ConsoleClient(socket)) {
            one.exec("x = 1");
            two.exec("x = 2");
            one.send("EXEC " + ConsoleClient.encode("hang"));
            sleeping.await();
            assertThat(two.exec("$x").out()).isEqualTo("2\n");
            one.send("INTERRUPT");
            assertThat(one.answer().status()).isEqualTo(130);
            assertThat(one.exec("$x").out()).isEqualTo("1\n");
        }
    }

    @Test
    void shouldRefuseWhatIsNoRequest() throws IOException {
        try (ConsoleClient client = new ConsoleClient(socket)) {
            client.send("GET / HTTP/1.1");
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(64);
            assertThat(answer.err()).contains("not a request: 'GET / HTTP/1.1'");
            client.send("EXEC %%%");
            assertThat(client.answer().status()).isEqualTo(64);
            assertThat(client.exec("why L1").status()).isZero();
        }
    }

    @Test
    void shouldCloseOnALineOverTheLimit() throws IOException {
        try (ConsoleClient client = new ConsoleClient(socket)) {
            assertThatThrownBy(() -> {
                        client.send("EXEC " + "A".repeat(RequestReader.MAX_LINE));
                        client.answer();
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldRefuseTooManyClients() throws IOException {
        List<ConsoleClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < ConsoleServer.MAX_CLIENTS; i++) {
                ConsoleClient client = new ConsoleClient(socket);
                clients.add(client);
                assertThat(client.exec("why L1").status()).isZero();
            }
            try (ConsoleClient late = new ConsoleClient(socket)) {
                assertThat(late.answer()).isEqualTo(new Answer("", "error: too many consoles are open\n", 1));
            }
        } finally {
            for (ConsoleClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void shouldCloseIdleClients() throws IOException {
        try (ConsoleClient client = new ConsoleClient(socket)) {
            client.exec("why L1");
            server.closeIdle(Duration.ofHours(1));
            assertThat(client.exec("why L1").status()).isZero();
            server.closeIdle(Duration.ZERO);
            assertThatThrownBy(client::line).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void shouldBeReachableByItsOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldRemoveItsFileWhenItStops() {
        server.close();
        assertThat(socket).doesNotExist();
    }

    @Test
    void shouldReplaceASocketOnWhichNobodyAnswers() throws IOException {
        Path stale = directory.resolve("run/stale.sock");
        Files.createFile(stale);
        try (ConsoleSocket bound = ConsoleSocket.bind(stale)) {
            assertThat(bound.path()).isEqualTo(stale);
        }
    }

    @Test
    void shouldNotTakeASocketThatIsInUse() {
        assertThatThrownBy(() -> ConsoleSocket.bind(socket))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another process answers");
        assertThat(socket).exists();
    }

    @Test
    void shouldRefuseAPathThatIsTooLong() {
        assertThatThrownBy(() ->
                        ConsoleSocket.bind(directory.resolve("d".repeat(120)).resolve("c.sock")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("shorter path (-D)");
    }
}
