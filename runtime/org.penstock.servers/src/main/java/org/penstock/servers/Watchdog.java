package org.penstock.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A shell that waits for the end of this process, however it ends, then kills the servers of a run directory and deletes it. It waits
 * on a pipe that nobody writes to: the kernel closes it when this process is gone, also by SIGKILL.
 */
final class Watchdog implements AutoCloseable {

    /** $1 is the run directory. Ctrl-C reaches the whole process group, therefore the trap. */
    private static final String SCRIPT =
            """
            trap '' HUP INT QUIT TERM
            while IFS= read -r ignored; do :; done
            for file in "$1"/*/pid; do
              [ -f "$file" ] && IFS= read -r pid <"$file" && kill -KILL "$pid"
            done
            tries=0
            while [ -d "$1" ] && [ $tries -lt 100 ]; do
              rm -rf "$1" && break
              sleep 0.1
              tries=$((tries + 1))
            done
            """;

    private static final int BOUND_SECONDS = 15;

    private final Process process;

    Watchdog(Path directory) throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "penstock-servers-watchdog", directory.toString())
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    long pid() {
        return process.pid();
    }

    /** Lets it do its work now and end. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
