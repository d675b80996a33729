package org.penstock.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A directory for the duration of one step; deleted when closed, also when the JVM is told to end meanwhile. */
final class ScratchDirectory implements AutoCloseable {

    private static final Duration DELETE_BOUND = Duration.ofSeconds(3);

    private final Path directory;
    private final Runnable first;
    private final Thread hook = new Thread(this::endStep, "penstock-servers-scratch");

    private ScratchDirectory(Path directory, Runnable first) {
        this.directory = directory;
        this.first = first;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Makes one.
     *
     * @param first what a JVM that is told to end does before it deletes, such as ending a child process
     */
    static ScratchDirectory create(Path parent, String prefix, Runnable first) throws IOException {
        return new ScratchDirectory(Files.createTempDirectory(parent, prefix), first);
    }

    Path path() {
        return directory;
    }

    private void endStep() {
        first.run();
        deleted();
    }

    /** Somebody may still write while the JVM ends, therefore more than one attempt. */
    private boolean deleted() {
        return Deadline.in(DELETE_BOUND).await(() -> {
            try {
                FileTree.delete(directory);
                return true;
            } catch (IOException stillWritten) {
                return false;
            }
        });
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook deletes as well.
        }
        if (!deleted()) {
            throw new IOException("cannot delete " + directory);
        }
    }
}
