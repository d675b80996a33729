package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.core.net.RawClient.bytes;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.HandshakeV10;

/** Every command through the proxy, packet by packet the same as straight to the server. */
class CommandsTest extends CommandFixture {
    @Test
    void shouldPassQueriesWithOneAndWithManyResults() throws Exception {
        List<String> seen = same((client, notes) -> {
            client.run("DROP TABLE IF EXISTS cmd_text");
            notes.addAll(client.run("CREATE TABLE cmd_text (id INT PRIMARY KEY AUTO_INCREMENT, v VARCHAR(20))"));
            notes.addAll(client.run("INSERT INTO cmd_text (v) VALUES ('a'), ('b'), (NULL), ('')"));
            notes.addAll(client.run("SELECT * FROM cmd_text ORDER BY id"));
            notes.addAll(
                    client.run("SELECT 1; SELECT v FROM cmd_text ORDER BY id; UPDATE cmd_text SET v = 'c'; SELECT 2"));
            notes.addAll(client.run("SELECT 1; SELECT nonsense; SELECT 3"));
            notes.addAll(client.run("SELECT * FROM cmd_text WHERE 1 = 0"));
            notes.addAll(client.run("SELEC 1"));
            notes.addAll(client.run("START TRANSACTION"));
            notes.addAll(client.run("COMMIT"));
            notes.addAll(client.run(""));
        });
        assertThat(seen).anyMatch(packet -> packet.contains("nonsense"));
    }

    @Test
    void shouldPassProceduresWithResultsAndOutParameters() throws Exception {
        same((client, notes) -> {
            client.run("DROP PROCEDURE IF EXISTS cmd_proc");
            notes.addAll(client.run("CREATE PROCEDURE cmd_proc(IN a TEXT, OUT b INT) BEGIN SELECT a; SELECT 1 FROM"
                    + " seq_1_to_3; SET b = 42; END"));
            notes.addAll(client.run("CALL cmd_proc('x', @out)"));
            notes.addAll(client.run("SELECT @out"));
            int id = client.prepare("CALL cmd_proc(?, @out)", notes);
            notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(id, 0, "prepared")));
        });
    }

    @Test
    void shouldPassSmallCommands() throws Exception {
        List<String> seen = same((client, notes) -> {
            notes.addAll(client.run(CommandType.PING, new byte[0]));
            notes.addAll(client.run("SELECT database()"));
            notes.addAll(client.run(CommandType.INIT_DB, bytes("information_schema")));
            notes.addAll(client.run("SELECT database()"));
            notes.addAll(client.run("USE demo"));
            notes.addAll(client.run("SELECT database()"));
            notes.addAll(client.run(CommandType.INIT_DB, bytes("no_such_database")));
            notes.addAll(client.run("USE no_such_database"));
            notes.addAll(client.run("SELECT database()"));
            client.command(CommandType.FIELD_LIST, bytes("items\0%"));
            client.rows(notes);
            client.command(CommandType.FIELD_LIST, bytes("no_such_table\0"));
            client.rows(notes);
            client.command(CommandType.SET_OPTION, new byte[] {1, 0});
            client.note(notes);
            notes.addAll(client.run("SELECT 1; SELECT 2"));
            client.command(CommandType.SET_OPTION, new byte[] {0, 0});
            client.note(notes);
            notes.addAll(client.run("SELECT 1; SELECT 2"));
            notes.addAll(client.run("SET @kept = 1"));
            notes.addAll(client.run(CommandType.RESET_CONNECTION, new byte[0]));
            notes.addAll(client.run("SELECT @kept, database()"));
            client.command(CommandType.STATISTICS, new byte[0]);
            assertThat(new String(client.payload(), java.nio.charset.StandardCharsets.UTF_8))
                    .startsWith("Uptime:");
            notes.addAll(client.run(CommandType.PROCESS_KILL, statement(999_999)));
            notes.addAll(client.run(0x50, new byte[] {1, 2, 3}));
            notes.addAll(client.run(CommandType.PING, new byte[0]));
        });
        assertThat(seen).anyMatch(packet -> packet.contains("no_such_database"));
    }

    @Test
    void shouldTakeAndGiveSingleBytes() throws Exception {
        byte[] all = new PacketWriter()
                .writeBytes(PacketWriter.frame(0, RawClient.query("SELECT seq, repeat('x', seq) FROM seq_1_to_40")))
                .writeBytes(PacketWriter.frame(0, new byte[] {CommandType.PING}))
                .toByteArray();
        List<String> seen = same((client, notes) -> {
            for (byte each : all) {
                client.bytes(new byte[] {each});
            }
            notes.addAll(client.reply());
            notes.addAll(client.reply());
        });
        assertThat(seen).hasSizeGreaterThan(44);
    }

    @Test
    void shouldPassWhatTheServerTracksOfASession() throws Exception {
        List<String> seen = same((client, notes) -> {
            client.run("SET session_track_system_variables = '*', session_track_schema = 1,"
                    + " session_track_state_change = 1, session_track_transaction_info = 'CHARACTERISTICS'");
            notes.addAll(client.run("SET lc_messages = 'fr_FR', sql_mode = 'ANSI'"));
            notes.addAll(client.run("USE information_schema"));
            notes.addAll(client.run("SET NAMES latin1"));
            notes.addAll(client.run("START TRANSACTION READ ONLY"));
            notes.addAll(client.run("SELECT count(*) FROM demo.items"));
            notes.addAll(client.run("COMMIT"));
            notes.addAll(client.run("SET @tracked = 1; SELECT 1; SET autocommit = 0"));
        });
        assertThat(seen).anyMatch(packet -> packet.contains("information_schema"));
        assertThat(seen).anyMatch(packet -> packet.contains("START TRANSACTION READ ONLY"));
    }

    @Test
    void shouldPassProgressReports() throws Exception {
        cluster.primary()
                .execute("USE demo; CREATE OR REPLACE TABLE cmd_progress ENGINE=Aria AS SELECT seq, repeat('x', 100) b"
                        + " FROM seq_1_to_200000");
        // one a second: the table grows until the server needs seconds for it
        while (reports(cluster.primary().port()) < 2) {
            cluster.primary().execute("USE demo; INSERT INTO cmd_progress SELECT * FROM cmd_progress");
        }
        assertThat(reports(port)).isPositive();
    }

    private static int reports(int at) throws IOException {
        try (RawClient client = RawClient.connected(at, RawClient.EXTENDED)) {
            client.run("SET progress_report_time = 1");
            assertThat(client.run("ALTER TABLE cmd_progress ADD INDEX (b), ALGORITHM = COPY"))
                    .singleElement()
                    .asString()
                    .contains("Records: ");
            client.run("ALTER TABLE cmd_progress DROP INDEX b");
            return client.progressReports();
        }
    }

    @Test
    void shouldEndBehindQuit() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.command(CommandType.QUIT, new byte[0]);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void shouldAnswerPipelinedCommandsInOrder() throws Exception {
        List<String> seen = same((client, notes) -> {
            PacketWriter all = new PacketWriter();
            for (int i = 0; i < 50; i++) {
                String sql = i % 7 == 3 ? "SELEC " + i : "SELECT seq, " + i + " FROM seq_1_to_" + (i * i);
                all.writeBytes(PacketWriter.frame(0, RawClient.query(sql)));
                if (i % 10 == 0) {
                    all.writeBytes(PacketWriter.frame(0, new byte[] {CommandType.PING}));
                }
            }
            client.bytes(all.toByteArray());
            for (int i = 0; i < 55; i++) {
                notes.addAll(client.reply());
            }
        });
        assertThat(seen).hasSizeGreaterThan(30_000);
    }

    @Test
    void shouldTakeCommandsCutAnywhere() throws Exception {
        byte[] two = new PacketWriter()
                .writeBytes(PacketWriter.frame(0, RawClient.query("SELECT 'one'")))
                .writeBytes(PacketWriter.frame(0, RawClient.query("SELECT 'two'")))
                .toByteArray();
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            for (int cut = 1; cut < two.length; cut++) {
                client.bytes(Arrays.copyOf(two, cut));
                client.bytes(Arrays.copyOfRange(two, cut, two.length));
                assertThat(client.reply()).anyMatch(packet -> packet.contains("one"));
                assertThat(client.reply()).anyMatch(packet -> packet.contains("two"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFFFFFE, 0xFFFFFF, 0x1000000, 33 << 20})
    void shouldPassPacketsOfSixteenMebibytesAndMore(int length) throws Exception {
        for (int at : new int[] {cluster.primary().port(), port}) {
            try (RawClient client = RawClient.connected(at, RawClient.MODERN)) {
                String frame = "SELECT length('')";
                int padding = length - frame.length() - 1;
                List<String> up = client.run("SELECT length('" + "u".repeat(padding) + "')");
                assertThat(up).anyMatch(packet -> packet.contains(String.valueOf(padding)));
                int lenenc = length - 9 > 0xFFFFFF ? 9 : 4;
                List<String> down = client.run("SELECT repeat('d', " + (length - lenenc) + ")");
                assertThat(down).anyMatch(packet -> packet.contains(":" + length + ":"));
                assertThat(client.run("SELECT 'in step'")).anyMatch(packet -> packet.contains("in step"));
            }
        }
    }

    @Test
    void shouldLogInAnewAndRefuseAWrongPassword() throws Exception {
        for (int at : new int[] {cluster.primary().port(), port}) {
            try (RawClient client = RawClient.connected(at, RawClient.MODERN)) {
                for (int i = 0; i < 3; i++) {
                    client.run("SET @mine = 1");
                    client.run("USE information_schema");
                    client.send(0, client.changeUser("app"));
                    assertThat(client.loginAnswer("app")[0]).isZero();
                    assertThat(client.run("SELECT concat(ifnull(@mine, 'gone'), database(), current_user())"))
                            .anyMatch(packet -> packet.contains("gonedemoapp@%"));
                }
                client.run("SET @mine = 1");
                client.send(0, client.changeUser("wrong"));
                byte[] answer = client.loginAnswer("wrong");
                assertThat(new String(answer, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .contains("28000Access denied for user 'app'@");
                assertThat(client.run("SELECT concat(ifnull(@mine, 'gone'), database(), current_user())"))
                        .anyMatch(packet -> packet.contains("gonedemoapp@%"));
                client.send(0, client.changeUser("app"));
                assertThat(client.loginAnswer("app")[0]).isZero();
            }
        }
    }

    @Test
    void shouldNotCompressAsIsNotOffered() throws Exception {
        try (RawClient client = new RawClient(port)) {
            HandshakeV10 greeting = client.greeting();
            assertThat(greeting.capabilities() & Capabilities.ZSTD_COMPRESSION).isZero();
            // asked for although not offered: not compressed all the same
            client.send(1, client.login(RawClient.MODERN | Capabilities.ZSTD_COMPRESSION, "app"));
            assertThat(client.loginAnswer("app")[0]).isZero();
            assertThat(client.run("SELECT 'plain'")).anyMatch(packet -> packet.contains("plain"));
        }
    }
}
