package org.penstock.benchmarks.macro.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.penstock.benchmarks.macro.BenchmarkException;

/**
 * A temporary directory and the processes that work in it. Closed, or when the JVM ends in order (SIGTERM and Ctrl-C included), the
 * processes end in the reverse order of their start and the directory is deleted. For one thread, and the JVM's shutdown hook.
 */
public final class Workspace implements AutoCloseable {
    private final Path directory;
    private final Deque<Child> children = new ArrayDeque<>();
    private final Thread hook = new Thread(this::end, "macro-end");
    private int started;
    private boolean ended;

    private Workspace(Path directory) {
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A new directory below that for temporary files. */
    public static Workspace open() {
        try {
            return new Workspace(Files.createTempDirectory("penstock-macro-"));
        } catch (IOException e) {
            throw new BenchmarkException(
                    "no temporary directory: " + e + "; name another with -Djava.io.tmpdir in JAVA_TOOL_OPTIONS", e);
        }
    }

    /** A path in the directory; nothing is there yet unless it was written. */
    public Path path(String name) {
        return directory.resolve(name);
    }

    /** A path that no other call gets. */
    public synchronized Path fresh(String name) {
        started++;
        return directory.resolve(name + "-" + started);
    }

    /** Writes a file, such as a configuration. */
    public Path write(String name, String text) {
        try {
            return Files.writeString(path(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a process with some variables beside those of the environment; its output and errors go to files of its own. */
    public Child start(String name, List<String> command, Map<String, String> environment) {
        Path output = fresh(name);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(
                        output.resolveSibling(output.getFileName() + ".err").toFile());
        builder.environment().putAll(environment);
        synchronized (this) {
            if (ended) {
                throw new BenchmarkException("the run has ended");
            }
            try {
                Child child = new Child(name, builder.start(), output);
                children.push(child);
                return child;
            } catch (IOException e) {
                throw new BenchmarkException(name + " cannot be started: " + e.getMessage(), e);
            }
        }
    }

    /** The same without variables. */
    public Child start(String name, List<String> command) {
        return start(name, command, Map.of());
    }

    /** Ends one process before the others, and waits for it. */
    public void end(Child child) {
        synchronized (this) {
            children.remove(child);
        }
        child.close();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook is running or about to.
        }
        end();
    }

    private void end() {
        List<Child> left;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            left = new ArrayList<>(children);
        }
        left.forEach(Child::close);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("macro: " + directory + " cannot be deleted: " + e.getMessage());
        }
    }
}
