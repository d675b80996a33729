package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The compressed protocol on either side and on both. */
class CompressionTest extends ProxyFixture {
    /** Connector/J compresses packets of nearly 16 MiB although they get longer, so that the length of the frame overflows. */
    private static final int MOST_NOISE = 1_000_000;

    @TempDir
    Path directory;

    @BeforeAll
    static void allow() throws Exception {
        cluster.primary().execute("SET GLOBAL local_infile = 1");
        cluster.primary().execute("SET GLOBAL max_allowed_packet = 134217728");
    }

    private static Connection connect(boolean compressed, String options) throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port
                + "/demo?user=app&password=app&sslMode=disable&allowLocalInfile=true&useCompression=" + compressed
                + options);
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(2);
        }
    }

    private static long compressedClients() {
        return CLIENTS.stream()
                .filter(channel -> channel.isOpen() && channel.pipeline().get(CompressionHandler.NAME) != null)
                .count();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true", "false, false"})
    void shouldCompressOnTheSidesThatWantIt(boolean client, boolean server) throws Exception {
        front.configure(Tuned.compression(server));
        try (Connection connection = connect(client, "&useServerPrepStmts=true");
                Statement statement = connection.createStatement()) {
            assertThat(one(connection, "SHOW STATUS LIKE 'Compression'")).isEqualTo(server ? "ON" : "OFF");
            assertThat(compressedClients()).isEqualTo(client ? 1 : 0);
            largeResult(statement);
            for (int length : new int[] {1, 49, 50, 70, 65_520, 65_536, 70_000, 200_000, 16_777_205, 16_777_300}) {
                echo(connection, length);
            }
            pipelined(connection);
            localFile(statement);
            assertThat(one(connection, "SHOW STATUS LIKE 'Compression'")).isEqualTo(server ? "ON" : "OFF");
        } finally {
            front.configure(Tuned.compression(false));
        }
    }

    private static void largeResult(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT seq, repeat(seq, 20) FROM seq_1_to_50000")) {
            long sum = 0;
            while (result.next()) {
                sum += result.getLong(1);
                assertThat(result.getString(2)).startsWith(result.getString(1));
            }
            assertThat(sum).isEqualTo(50_000L * 50_001 / 2);
        }
    }

    /** A parameter there and back, once compressible and once not. */
    private static void echo(Connection connection, int length) throws SQLException {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        byte[] text = "ab".repeat(length).substring(0, length).getBytes(StandardCharsets.US_ASCII);
        for (byte[] each : new byte[][] {text, noise}) {
            if (each == noise && length > MOST_NOISE) {
                continue;
            }
            try (PreparedStatement select = connection.prepareStatement("SELECT LENGTH(?), ?")) {
                select.setBytes(1, each);
                select.setBytes(2, each);
                try (ResultSet result = select.executeQuery()) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getInt(1)).isEqualTo(length);
                    assertThat(result.getBytes(2)).isEqualTo(each);
                }
            }
        }
    }

    private static void pipelined(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMPORARY TABLE squeezed (id INT, v TEXT)");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO squeezed VALUES (?, ?)")) {
            for (int i = 0; i < 300; i++) {
                insert.setInt(1, i);
                insert.setString(2, "v".repeat(i * 10));
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(300);
        }
        assertThat(one(connection, "SELECT 1, COUNT(*) FROM squeezed")).isEqualTo("300");
    }

    private void localFile(Statement statement) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            lines.append(i).append('\t').append("line ").append(i).append('\n');
        }
        Path file = Files.writeString(directory.resolve("lines"), lines);
        statement.execute("TRUNCATE squeezed");
        statement.execute("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE squeezed");
        assertThat(one(statement.getConnection(), "SELECT 1, COUNT(*) FROM squeezed"))
                .isEqualTo("40000");
        statement
                .unwrap(org.mariadb.jdbc.Statement.class)
                .setLocalInfileInputStream(new ByteArrayInputStream("7\tseven\n".getBytes(StandardCharsets.UTF_8)));
        statement.execute("LOAD DATA LOCAL INFILE 'stream' INTO TABLE squeezed");
        assertThat(one(statement.getConnection(), "SELECT 1, COUNT(*) FROM squeezed"))
                .isEqualTo("40001");
    }

    @Test
    void shouldTakeTheCommandLineClient() throws Exception {
        front.configure(Tuned.compression(true));
        try {
            String out =
                    commandLine("SELECT repeat('x', 300000); SELECT seq FROM seq_1_to_100000; SELECT 'the end'; \\s");
            assertThat(out).contains("x".repeat(300_000), "\n100000\n", "the end", "Protocol:\t\tCompressed");
        } finally {
            front.configure(Tuned.compression(false));
        }
    }

    /** The C client gives each packet of a long command the number 0. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTakeLongCommandsOfTheCommandLineClient(boolean server) throws Exception {
        front.configure(Tuned.compression(server));
        try {
            assertThat(commandLine("SELECT LENGTH('" + "y".repeat(35_000_000) + "'); SELECT 'the end';\n"))
                    .isEqualTo("35000000\nthe end\n");
        } finally {
            front.configure(Tuned.compression(false));
        }
    }

    private String commandLine(String statements) throws Exception {
        Path input = Files.writeString(directory.resolve("in"), statements);
        Process client = new ProcessBuilder(
                        cluster.installation().client().toString(),
                        "--no-defaults",
                        "--skip-ssl",
                        "--compress",
                        "--max-allowed-packet=64M",
                        "-N",
                        "-h127.0.0.1",
                        "-P" + port,
                        "-uapp",
                        "-papp",
                        "demo")
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        boolean ended = client.waitFor(20, TimeUnit.SECONDS);
        client.destroyForcibly();
        assertThat(ended).isTrue();
        String out = Files.readString(directory.resolve("out"));
        assertThat(client.exitValue()).as(out).isZero();
        return out;
    }
}
