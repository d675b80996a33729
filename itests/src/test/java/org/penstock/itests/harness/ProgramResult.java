package org.penstock.itests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How a program ended, and what it printed on both outputs. */
public record ProgramResult(int status, String text) {
    private static final long BOUND_SECONDS = 90;

    /** Runs a program to its end. */
    public static ProgramResult of(List<String> command) throws Exception {
        Path file = Files.createTempFile("penstock-itest", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(file.toFile())
                    .start();
            boolean ended = process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            assertThat(ended).as("%s ends%n%s", command, text).isTrue();
            return new ProgramResult(process.exitValue(), text);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
