package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.core.net.RawClient.bytes;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;

/** The prepared protocol: ids, parameters, direct execution, metadata that the client knows already. */
class PreparedTest extends CommandFixture {
    /** The id of the statement that was prepared last, whatever it is. */
    private static final int LAST = -1;

    @Test
    void shouldPassThePreparedProtocol() throws Exception {
        List<String> seen = same((client, notes) -> {
            int id = client.prepare("SELECT ?, length(?) FROM seq_1_to_2 LIMIT 1", notes);
            client.command(CommandType.STMT_CLOSE, statement(id));
            id = client.prepare("SELECT length(?)", notes);
            for (int i = 0; i < 5; i++) {
                notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(id, 0, "x".repeat(i * 300))));
            }
            byte[] piece = new PacketWriter()
                    .writeInt(id)
                    .writeShort(0)
                    .writeBytes(new byte[100_000])
                    .toByteArray();
            client.command(CommandType.STMT_SEND_LONG_DATA, piece);
            client.command(CommandType.STMT_SEND_LONG_DATA, piece);
            byte[] typesOnly = new PacketWriter()
                    .writeInt(id)
                    .writeByte(0)
                    .writeInt(1)
                    .writeByte(0)
                    .writeByte(1)
                    .writeShort(0xFC)
                    .toByteArray();
            notes.addAll(client.run(CommandType.STMT_EXECUTE, typesOnly));
            client.command(CommandType.STMT_SEND_LONG_DATA, piece);
            notes.addAll(client.run(CommandType.STMT_RESET, statement(id)));
            notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(id, 0, "after reset")));
            client.command(CommandType.STMT_CLOSE, statement(id));
            notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(id, 0, "closed")));
            assertThat(client.prepare("SELEC ?", notes)).isEqualTo(-1);
            client.prepare("DO 1", notes);
            notes.addAll(client.run("SELECT 'still in step'"));
        });
        assertThat(seen).anyMatch(packet -> packet.contains("Unknown prepared statement"));
    }

    @Test
    void shouldExecuteDirectlyBehindAPreparePipelined() throws Exception {
        List<String> seen = same(
                (client, notes) -> {
                    byte[] pipelined = new PacketWriter()
                            .writeBytes(PacketWriter.frame(0, prepare("SELECT concat('direct ', ?)")))
                            .writeBytes(
                                    PacketWriter.frame(0, command(CommandType.STMT_EXECUTE, execute(LAST, 0, "one"))))
                            .writeBytes(
                                    PacketWriter.frame(0, command(CommandType.STMT_EXECUTE, execute(LAST, 0, "two"))))
                            .toByteArray();
                    client.bytes(pipelined);
                    client.prepared(notes);
                    notes.addAll(client.reply());
                    notes.addAll(client.reply());
                    // a prepare that fails: so does what was sent behind it
                    client.bytes(new PacketWriter()
                            .writeBytes(PacketWriter.frame(0, prepare("SELEC ?")))
                            .writeBytes(PacketWriter.frame(0, command(CommandType.STMT_EXECUTE, execute(LAST, 0, "x"))))
                            .toByteArray());
                    notes.addAll(client.reply());
                    notes.addAll(client.reply());
                    notes.addAll(client.run("SELECT 'in step'"));
                },
                RawClient.OLD_EOF,
                RawClient.MODERN,
                RawClient.EXTENDED);
        assertThat(seen).anyMatch(packet -> packet.contains("direct one"));
        assertThat(seen).anyMatch(packet -> packet.contains("direct two"));
    }

    @Test
    void shouldLeaveOutDefinitionsThatTheClientKnows() throws Exception {
        List<String> seen = same(
                (client, notes) -> {
                    client.run("DROP TABLE IF EXISTS prep_known");
                    client.run("CREATE TABLE prep_known (a INT, b VARCHAR(10))");
                    client.run("INSERT INTO prep_known VALUES (1, 'x'), (2, 'y')");
                    int id = client.prepare("SELECT * FROM prep_known WHERE b <> ? ORDER BY a", notes);
                    int first = notes.size();
                    notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(id, 0, "z")));
                    int second = notes.size();
                    notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(id, 0, "z")));
                    int third = notes.size();
                    client.run("ALTER TABLE prep_known ADD COLUMN c INT");
                    notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(id, 0, "z")));
                    notes.add("packets " + (second - first) + " " + (third - second) + " " + (notes.size() - third));
                },
                RawClient.EXTENDED,
                RawClient.EXTENDED & ~org.penstock.wire.Capabilities.DEPRECATE_EOF);
        assertThat(seen)
                .as("without definitions, and again with them, one column more")
                .contains("packets 5 5 8");
    }

    @Test
    void shouldPassResultsOfProceduresAndTheirOutParameters() throws Exception {
        List<String> seen = same(
                (client, notes) -> {
                    client.run("DROP PROCEDURE IF EXISTS prep_out");
                    client.run("CREATE PROCEDURE prep_out(IN a TEXT, OUT b INT) BEGIN SELECT a; SELECT seq FROM"
                            + " seq_1_to_3; SET b = 42; END");
                    int id = client.prepare("CALL prep_out(?, ?)", notes);
                    byte[] twoParameters = new PacketWriter()
                            .writeInt(id)
                            .writeByte(0)
                            .writeInt(1)
                            .writeByte(2)
                            .writeByte(1)
                            .writeShort(0xFD)
                            .writeShort(0x03)
                            .writeLenencBytes(bytes("in"))
                            .toByteArray();
                    for (int i = 0; i < 3; i++) {
                        notes.addAll(client.run(CommandType.STMT_EXECUTE, twoParameters));
                    }
                },
                RawClient.OLD_EOF,
                RawClient.MODERN,
                RawClient.EXTENDED);
        assertThat(seen).hasSizeGreaterThan(30);
    }

    @Test
    void shouldPassAnErrorInTheMiddleOfAResult() throws Exception {
        String sql = "SELECT IF(seq < 2000, seq, (SELECT 1 UNION SELECT 2)) FROM seq_1_to_3000 WHERE seq <> ?";
        List<String> seen = same((client, notes) -> {
            notes.addAll(client.run(sql.replace("?", "0")));
            int id = client.prepare(sql, notes);
            notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(id, 0, "0")));
            notes.addAll(client.run("SELECT 'in step'"));
        });
        assertThat(seen.stream().filter(packet -> packet.contains("Subquery returns more than 1 row")))
                .hasSize(2);
        assertThat(seen).hasSizeGreaterThan(3_900);
    }

    @Test
    void shouldPassResultsOfVeryManyColumns() throws Exception {
        List<String> seen = same((client, notes) -> notes.addAll(client.run("SELECT 1" + ",1".repeat(69_999))));
        assertThat(seen).hasSizeGreaterThan(70_000);
    }

    @Test
    void shouldPassLongDataOfSixteenMebibytesInPieces() throws Exception {
        List<String> seen = same((client, notes) -> {
            int id = client.prepare("SELECT length(?)", notes);
            byte[] piece = new PacketWriter()
                    .writeInt(id)
                    .writeShort(0)
                    .writeBytes(new byte[(16 << 20) + 17])
                    .toByteArray();
            client.command(CommandType.STMT_SEND_LONG_DATA, piece);
            client.command(CommandType.STMT_SEND_LONG_DATA, piece);
            byte[] typesOnly = new PacketWriter()
                    .writeInt(id)
                    .writeByte(0)
                    .writeInt(1)
                    .writeByte(0)
                    .writeByte(1)
                    .writeShort(0xFC)
                    .toByteArray();
            notes.addAll(client.run(CommandType.STMT_EXECUTE, typesOnly));
        });
        assertThat(seen)
                .anyMatch(packet -> packet.contains(String.valueOf((32 << 20) + 34)) || packet.contains("...."));
    }

    @Test
    void shouldChangeTheUserBehindACommandWithoutAReply() throws Exception {
        for (int at : new int[] {cluster.primary().port(), port}) {
            try (RawClient client = RawClient.connected(at, RawClient.MODERN)) {
                int id = client.prepare("SELECT ?", new java.util.ArrayList<>());
                client.bytes(new PacketWriter()
                        .writeBytes(PacketWriter.frame(0, command(CommandType.STMT_CLOSE, statement(id))))
                        .writeBytes(PacketWriter.frame(0, client.changeUser("app")))
                        .toByteArray());
                assertThat(client.loginAnswer("app")[0]).isZero();
                assertThat(client.run("SELECT 'in step'")).anyMatch(packet -> packet.contains("in step"));
            }
        }
    }

    private static byte[] prepare(String sql) {
        return command(CommandType.STMT_PREPARE, bytes(sql));
    }

    private static byte[] command(int code, byte[] rest) {
        return new PacketWriter().writeByte(code).writeBytes(rest).toByteArray();
    }
}
