package org.penstock.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes a data directory with the system tables, the accounts and the demo's rows, by one run of the server without a network. */
final class DataTemplate {

    /** The name in the cache: the last number changes when {@code setup.sql} or the layout does. */
    static final String NAME = "template-" + ServerArchive.VERSION + "-1";

    private static final String FIRST =
            """
            create database mysql;
            use mysql;
            set @auth_root_socket = null;
            """;

    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql");

    private static final int BOUND_SECONDS = 120;

    private DataTemplate() {}

    static void fill(Path home, Path directory) throws IOException {
        Path log = Files.createTempFile(directory.getParent(), "unfinished-template", ".log");
        Path script = Files.createTempFile(directory.getParent(), "unfinished-template", ".sql");
        try {
            writeScript(home, script);
            Process process = new ProcessBuilder(command(home, directory))
                    .redirectInput(script.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int status = await(process);
            String said = Files.readString(log, StandardCharsets.ISO_8859_1);
            if (status != 0 || said.contains("ERROR: ")) {
                throw new ServerException("the template of a data directory could not be made:" + System.lineSeparator()
                        + ServerLog.complaints(said));
            }
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(script);
        }
    }

    private static int await(Process process) {
        try {
            if (process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new ServerException("making the data directory took more than " + BOUND_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while making the data directory", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(Path home, Path directory) {
        Stream<String> program = Stream.of(
                home.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--bootstrap",
                "--basedir=" + home,
                "--datadir=" + directory,
                "--debug-no-sync",
                "--max-connections=10",
                "--skip-ssl");
        return Stream.of(program, ServerCommand.format().stream(), ServerCommand.account().stream())
                .flatMap(part -> part)
                .toList();
    }

    private static void writeScript(Path home, Path script) throws IOException {
        try (OutputStream out = Files.newOutputStream(script);
                InputStream setup = DataTemplate.class.getResourceAsStream("setup.sql")) {
            out.write(FIRST.getBytes(StandardCharsets.UTF_8));
            for (String file : SYSTEM_TABLES) {
                Files.copy(home.resolve("share").resolve(file), out);
            }
            if (setup == null) {
                throw new IOException("setup.sql is not beside " + DataTemplate.class.getName());
            }
            setup.transferTo(out);
        }
    }
}
