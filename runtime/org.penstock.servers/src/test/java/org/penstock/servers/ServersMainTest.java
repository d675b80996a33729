package org.penstock.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersMainTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    Path parent;

    @TempDir
    Path files;

    private Process process;
    private List<ProcessHandle> children;

    @BeforeEach
    void startAndAwaitTheLine() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServersMain.class.getName(),
                        "--replicas",
                        "0",
                        "--base-dir",
                        parent.toString(),
                        "--port-file",
                        files.resolve("ports").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader reader = process.inputReader();
        String line = reader.readLine();
        assertThat(line).matches("server1 127\\.0\\.0\\.1:\\d+");
        assertThat(files.resolve("ports")).hasContent(line);
        children = process.descendants().toList();
        assertThat(children).isNotEmpty();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private void assertNothingIsLeft() {
        assertThat(Deadline.in(BOUND).await(() -> children.stream().noneMatch(ProcessHandle::isAlive)))
                .isTrue();
        assertThat(Deadline.in(BOUND).await(() -> parent.toFile().list().length == 0))
                .isTrue();
    }

    @Test
    void shouldLeaveNothingWhenItIsTerminated() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertNothingIsLeft();
    }

    @Test
    void shouldLeaveNothingWhenItIsKilled() {
        process.destroyForcibly();
        assertNothingIsLeft();
    }
}
