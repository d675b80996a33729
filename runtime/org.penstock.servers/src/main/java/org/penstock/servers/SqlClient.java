package org.penstock.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The command line client as root on a server's unix socket. Each call is a process; input and output are files, so none can block. */
final class SqlClient {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Path program;
    private final String server;
    private final Path scratch;
    private final Path data;

    SqlClient(Path program, String server, Path scratch, Path data) {
        this.program = program;
        this.server = server;
        this.scratch = scratch;
        this.data = data;
    }

    String execute(String sql) {
        try {
            Path input = Files.createTempFile(scratch, "execute", ".sql");
            Path output = Files.createTempFile(scratch, "execute", ".out");
            try {
                Files.writeString(input, sql);
                return run(sql, input, output);
            } finally {
                Files.deleteIfExists(input);
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("while running a statement on " + server, e);
        }
    }

    private String run(String sql, Path input, Path output) throws IOException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--no-defaults",
                        "--skip-ssl",
                        "--default-character-set=utf8mb4",
                        "--user=root",
                        "--socket=" + EmbeddedServer.SOCKET,
                        "--batch",
                        "--skip-column-names")
                .directory(data.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ServerException(server + " did not answer within " + BOUND.toSeconds() + " s: " + sql);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while " + server + " ran: " + sql, e);
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8).stripTrailing();
        if (process.exitValue() != 0) {
            throw new ServerException(server + " refused: " + sql + System.lineSeparator() + text);
        }
        return text;
    }
}
