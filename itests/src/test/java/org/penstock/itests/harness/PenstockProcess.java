package org.penstock.itests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Penstock as a child process of a test; closing it ends it. */
public final class PenstockProcess implements AutoCloseable {
    private static final long BOUND_SECONDS = 90;

    private final Distribution distribution;
    private final Path directory;
    private final Process process;

    private PenstockProcess(Distribution distribution, Path directory, Process process) {
        this.distribution = distribution;
        this.directory = directory;
        this.process = process;
    }

    /** Starts {@code bin/penstock run} with this configuration; data and outputs are kept in {@code directory}. */
    public static PenstockProcess start(Distribution distribution, Path directory, String configuration)
            throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("penstock.cnf"), configuration);
        ProcessBuilder builder = new ProcessBuilder(
                        distribution.script().toString(),
                        "run",
                        "-f",
                        directory.resolve("penstock.cnf").toString(),
                        "-D",
                        directory.resolve("data").toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().put("JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid -XX:MaxDirectMemorySize=256m");
        builder.environment().put("PENSTOCK_STOP_TIMEOUT", "5");
        return new PenstockProcess(distribution, directory, builder.start());
    }

    /** Waits until every listener is open. */
    public PenstockProcess awaitReady() throws Exception {
        Await.until("READY", this::complaints, () -> {
            assertThat(process.isAlive())
                    .as("the process ended%n%s", complaints())
                    .isTrue();
            return out().startsWith("READY");
        });
        return this;
    }

    public String out() {
        return read("out");
    }

    /** The log, as {@code run} writes it to standard error. */
    public String log() {
        return read("err");
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of the log. */
    public String complaints() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    public Path configuration() {
        return directory.resolve("penstock.cnf");
    }

    public Path data() {
        return directory.resolve("data");
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** A shell session of its own. */
    public ConsoleSession console() throws IOException {
        return ConsoleSession.open(data().resolve("run/console.sock"));
    }

    /** Runs one command of the shell, which must succeed, and returns what it prints. */
    public String shell(String command) throws IOException {
        try (ConsoleSession session = console()) {
            return session.done(command);
        }
    }

    /** Runs {@code bin/penstock} with these arguments and the data directory of this process. */
    public ProgramResult script(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(distribution.script().toString()));
        command.add(arguments[0]);
        command.addAll(List.of("-D", data().toString()));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        return ProgramResult.of(command);
    }

    /** Sends SIGTERM and returns the exit status. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    public int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS))
                .as("the process ends%n%s", complaints())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
