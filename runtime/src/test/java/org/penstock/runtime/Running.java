package org.penstock.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** A child process of a test, with its outputs in files; closing it kills it and what it has started. */
final class Running implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    private Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts the command in the directory {@code outputs}, where its outputs go too. */
    static Running start(Path outputs, Environment environment, List<String> command) throws IOException {
        Path out = Files.createTempFile(outputs, "out", "");
        Path err = Files.createTempFile(outputs, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(outputs.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        environment.apply(builder.environment());
        return new Running(builder.start(), out, err);
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    long pid() {
        return process.pid();
    }

    /** Classes that the process has loaded so far, from archives or not, as its own JDK's jcmd counts them. */
    int loadedClasses(Path javaHome) throws IOException {
        String[] counters = {javaHome.resolve("bin/jcmd").toString(), Long.toString(process.pid()), "PerfCounter.print"
        };
        String printed = new String(
                new ProcessBuilder(counters)
                        .redirectErrorStream(true)
                        .start()
                        .getInputStream()
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        int[] loaded = Pattern.compile("^java\\.cls\\.(?:l|sharedL)oadedClasses=(\\d+)$", Pattern.MULTILINE)
                .matcher(printed)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .toArray();
        assertThat(loaded).as(printed).hasSize(2);
        return loaded[0] + loaded[1];
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive())
                    .as("%s; the process ended%n%s%n%s", what, out(), err())
                    .isTrue();
            assertThat(System.nanoTime())
                    .as("%s; waited too long%n%s%n%s", what, out(), err())
                    .isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    Running awaitReady() throws InterruptedException {
        await("READY", () -> out().startsWith("READY"));
        return this;
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .as("the process ends%n%s%n%s", out(), err())
                .isTrue();
        return process.exitValue();
    }

    void signal(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    /** What the child sees besides the environment of the test. */
    interface Environment {
        void apply(Map<String, String> environment);
    }
}
