package org.penstock.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a server program, from its start to its end. */
final class ServerProcess {

    /** The file of the process id is there before the program is: whoever cleans up misses no server. */
    private static final String WRAPPER = "echo $$ >\"$1\" || exit 1; shift; exec \"$@\"";

    private static final Duration KILL_BOUND = Duration.ofSeconds(20);
    private static final Duration SIGNAL_BOUND = Duration.ofSeconds(5);

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts the command in {@code data}; what it prints is appended to {@code log}. */
    static ServerProcess start(List<String> command, Path data, Path pidFile, Path log) throws IOException {
        List<String> wrapped = new ArrayList<>(List.of("/bin/sh", "-c", WRAPPER, "sh", pidFile.toString()));
        wrapped.addAll(command);
        Process process = new ProcessBuilder(wrapped)
                .directory(data.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ServerProcess(process);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitStatus() {
        return process.exitValue();
    }

    /** SIGTERM, and SIGKILL if the program has not ended after {@code bound}. */
    void stop(Duration bound) {
        resume();
        process.destroy();
        if (!ended(bound)) {
            kill();
        }
    }

    void kill() {
        process.destroyForcibly();
        if (!ended(KILL_BOUND)) {
            throw new ServerException("process " + pid() + " did not end after SIGKILL");
        }
    }

    private boolean ended(Duration bound) {
        try {
            return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGSTOP; returns when the program stands still. */
    void pause() {
        signal("STOP");
        if (!Deadline.in(SIGNAL_BOUND).await(() -> state() == 'T')) {
            throw new ServerException("process " + pid() + " did not stop after SIGSTOP");
        }
    }

    /** SIGCONT. */
    void resume() {
        if (isAlive() && state() == 'T') {
            signal("CONT");
        }
    }

    private void signal(String name) {
        PlatformCheck.ProgramOutput sent = PlatformCheck.ProgramOutput.of(
                List.of("/bin/sh", "-c", "kill -" + name + " \"$1\"", "sh", Long.toString(pid())));
        if (sent.status() != 0) {
            throw new ServerException(
                    "SIG" + name + " to process " + pid() + ": " + sent.text().strip());
        }
    }

    /** The letter of the kernel's process state; a space if the process is gone. */
    private char state() {
        try {
            String stat = Files.readString(
                    Path.of("/proc", Long.toString(pid()), "stat"), java.nio.charset.StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException gone) {
            return ' ';
        }
    }
}
