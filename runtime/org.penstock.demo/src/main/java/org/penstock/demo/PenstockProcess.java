package org.penstock.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Penstock as a child process, from its start to its end. */
final class PenstockProcess implements AutoCloseable {

    /** The file of the process id is there before the program is. Ctrl-C is the terminal's, not Penstock's. */
    private static final String WRAPPER = "trap '' INT; echo $$ >\"$1\" || exit 1; shift; exec \"$@\"";

    private static final Duration START_BOUND = Duration.ofSeconds(90);
    private static final String DRAIN_SECONDS = "5";
    private static final Duration STOP_BOUND = Duration.ofSeconds(15);
    private static final int SHOWN_LINES = 30;

    private final Process process;
    private final Path directory;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private PenstockProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        Thread reader = new Thread(this::read, "penstock-demo-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it.
     *
     * @param directory its own, with the file {@code pid} that a watchdog looks for
     */
    static PenstockProcess start(DemoSettings settings, Path conf, Path directory, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "/bin/sh",
                        "-c",
                        WRAPPER,
                        "sh",
                        directory.resolve("pid").toString(),
                        settings.script().toString(),
                        "run",
                        "-f",
                        conf.toString(),
                        "-D",
                        data(directory).toString()))
                .redirectInput(new File("/dev/null"))
                .redirectError(errors(directory).toFile());
        // Sessions that are open when the demo ends shall not keep its user waiting.
        builder.environment().putIfAbsent("PENSTOCK_STOP_TIMEOUT", DRAIN_SECONDS);
        builder.environment().putAll(environment);
        try {
            return new PenstockProcess(builder.start(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Penstock cannot be started", e);
        }
    }

    private static Path data(Path directory) {
        return directory.resolve("data");
    }

    private static Path errors(Path directory) {
        return directory.resolve("penstock.err");
    }

    Path data() {
        return data(directory);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("READY")) {
                    ready.complete(line.substring("READY".length()).strip());
                }
            }
        } catch (IOException ended) {
            // The process is gone.
        }
        ready.completeExceptionally(new IllegalStateException("no READY"));
    }

    /** Waits for {@code READY} and returns what follows it: the listeners. */
    String awaitReady() throws InterruptedException {
        try {
            return ready.get(START_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException ended) {
            throw new DemoException(status(), "Penstock did not start:" + System.lineSeparator() + complaints());
        } catch (TimeoutException e) {
            throw new DemoException(
                    DemoException.FAILED,
                    "Penstock was not ready within " + START_BOUND.toSeconds() + " s:" + System.lineSeparator()
                            + complaints());
        }
    }

    private int status() throws InterruptedException {
        boolean ended = process.waitFor(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        return ended && process.exitValue() != 0 ? process.exitValue() : DemoException.FAILED;
    }

    /** What to say of an end that nobody asked for. */
    String ended(int status) {
        return "Penstock ended with status " + status + ":" + System.lineSeparator() + complaints();
    }

    /** The last lines on its standard error. */
    private String complaints() {
        try {
            List<String> lines = Files.readAllLines(errors(directory), StandardCharsets.UTF_8);
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Its exit status, as soon as it has ended. */
    CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Ends it in order, and after a bounded wait by force. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            process.waitFor(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS);
            Files.deleteIfExists(directory.resolve("pid"));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
