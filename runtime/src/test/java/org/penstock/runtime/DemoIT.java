package org.penstock.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo of the assembled distribution, without a terminal. */
class DemoIT {
    private static final String SCRIPT =
            Path.of("target/penstock/bin/penstock").toAbsolutePath().toString();

    @TempDir
    private Path outputs;

    /** Of the demo alone, to see what stays behind. */
    private Path temporary;

    @BeforeEach
    void makeTemporary() throws IOException {
        temporary = Files.createDirectory(outputs.resolve("t"));
    }

    private Running demo(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPT, "demo"));
        command.addAll(List.of(options));
        return Running.start(
                outputs,
                environment -> {
                    environment.put("JAVA_HOME", JavaHomes.current().toString());
                    environment.put("TMPDIR", temporary.toString());
                },
                command);
    }

    private void assertNothingStays() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).as("what stays behind").isEmpty();
        }
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(temporary.toString()))
                        .map(process -> process.info().commandLine().orElse("")))
                .as("processes that stay behind")
                .isEmpty();
    }

    @Test
    void shouldServeUntilTerminatedAndLeaveNothingBehind() throws IOException, InterruptedException {
        try (Running demo = demo("--port-base", "0", "--replicas", "1").awaitReady()) {
            assertThat(demo.out().lines()).singleElement().asString().contains("-Listener 127.0.0.1:");
            String client = demo.out().strip().replaceFirst(".*; client: ", "");

            assertThat(query(client, "select count(*) from items")).isEqualTo("1000");

            demo.signal("TERM");
            assertThat(demo.awaitExit()).isZero();
        }
        assertNothingStays();
    }

    private String query(String client, String sql) throws IOException, InterruptedException {
        Path answer = outputs.resolve("answer");
        Process process = new ProcessBuilder("/bin/sh", "-c", client + " -N -e '" + sql + "'")
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(answer).strip();
    }

    @Test
    void shouldLeaveNothingBehindWhenTerminatedDuringTheStart() throws IOException, InterruptedException {
        try (Running demo = demo("--port-base", "0")) {
            demo.await("servers", () -> demo.err().contains("Starting Penstock"));

            demo.signal("TERM");
            assertThat(demo.awaitExit()).isEqualTo(143);
        }
        assertNothingStays();
    }

    @Test
    void shouldNamePortAndRemedyWhenAPortIsInUse() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Running demo = demo("--port-base", Integer.toString(Math.min(65_000, taken.getLocalPort())))) {
            assertThat(demo.awaitExit()).isEqualTo(69);
            assertThat(demo.err())
                    .contains("port " + taken.getLocalPort() + " on 127.0.0.1 is in use")
                    .contains("--port-base N");
        }
        assertNothingStays();
    }

    @Test
    void shouldSayWhichServerOfOnesOwnCannotBeReached() throws IOException, InterruptedException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            nobody = free.getLocalPort();
        }
        try (Running demo = demo("--port-base=0", "--servers", "127.0.0.1:" + nobody)) {
            assertThat(demo.awaitExit()).isEqualTo(69);
            assertThat(demo.err()).contains("the server 127.0.0.1:" + nobody + " cannot be reached");
        }
        assertNothingStays();
    }
}
