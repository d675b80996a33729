package org.penstock.benchmarks.macro.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.penstock.benchmarks.macro.BenchmarkException;

/** A started process with the files of its output. */
public final class Child implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int TAIL = 8;
    private static final int POLL_MILLIS = 5;

    private final String name;
    private final Process process;
    private final Path output;
    private final long startedNanos = System.nanoTime();

    Child(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@link System#nanoTime} of the start. */
    public long startedNanos() {
        return startedNanos;
    }

    /** The process's standard input. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** What it has printed so far. */
    public String output() {
        return text(output);
    }

    /** Waits until a line of the output starts with the prefix, and returns that line. */
    public String awaitLine(String prefix, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            boolean alive = process.isAlive();
            Optional<String> line =
                    output().lines().filter(each -> each.startsWith(prefix)).findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            if (!alive) {
                throw new BenchmarkException(name + " ended: " + complaint());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new BenchmarkException(
                        name + " did not print '" + prefix + "' within " + limit.toSeconds() + " s: " + complaint());
            }
            Pause.millis(POLL_MILLIS);
        }
    }

    /** Waits for the end; a status other than 0 is an error. Returns the output. */
    public String awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                close();
                throw new BenchmarkException(name + " did not end within " + limit.toSeconds() + " s: " + complaint());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new BenchmarkException(name + " failed with status " + process.exitValue() + ": " + complaint());
        }
        return output();
    }

    /** The last lines that it said, errors first. */
    public String complaint() {
        String errors = tail(text(output.resolveSibling(output.getFileName() + ".err")));
        String said = tail(output());
        return errors.isEmpty() ? said : errors + (said.isEmpty() ? "" : System.lineSeparator() + said);
    }

    /** Asks it to end, and ends it with its own children when it does not. */
    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        below.forEach(ProcessHandle::destroyForcibly);
    }

    private static String tail(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
