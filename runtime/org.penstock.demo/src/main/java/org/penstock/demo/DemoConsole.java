package org.penstock.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The operators' shell on the demo's terminal, as a child process that Ctrl-C reaches. */
final class DemoConsole implements AutoCloseable {

    private static final long FAREWELL_MILLIS = 1_500;
    private static final long END_MILLIS = 3_000;

    private final Process process;

    private DemoConsole(Process process) {
        this.process = process;
    }

    static DemoConsole open(DemoSettings settings, Path data) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-Dpenstock.tty=true",
                        "-Dpenstock.console.interrupt=end",
                        "-cp",
                        settings.home().resolve("lib") + "/*",
                        "org.penstock.launcher.console.Console",
                        data.toString()))
                .inheritIO()
                .start();
        return new DemoConsole(process);
    }

    /** Done when the operator has left it, with what went wrong; empty: nothing. */
    CompletableFuture<String> onExit() {
        return process.onExit()
                .thenApply(ended -> ended.exitValue() == 0 ? "" : "the shell ended with status " + ended.exitValue());
    }

    /** Gives it time to say that Penstock has stopped; one that waits for a key is ended and the terminal is set right. */
    @Override
    public void close() {
        try {
            if (process.waitFor(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            process.destroy();
            if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            new ProcessBuilder("stty", "sane")
                    .redirectInput(new File("/dev/tty"))
                    .start()
                    .waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException noTerminal) {
            // Nothing to set right.
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
