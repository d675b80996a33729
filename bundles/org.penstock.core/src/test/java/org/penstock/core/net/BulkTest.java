package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.core.net.RawClient.bytes;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;

/** Many executions in one command. */
class BulkTest extends CommandFixture {
    private static final int SEND_TYPES = 128;
    private static final int VALUE = 0;
    private static final int NULL = 1;

    /** COM_STMT_BULK_EXECUTE without its command byte: rows of an INT and a string, every third string null. */
    private static byte[] bulk(int id, int from, int to) {
        PacketWriter writer = new PacketWriter()
                .writeInt(id)
                .writeShort(SEND_TYPES)
                .writeShort(0x03)
                .writeShort(0xFD);
        for (int i = from; i < to; i++) {
            writer.writeByte(VALUE).writeInt(i);
            if (i % 3 == 0) {
                writer.writeByte(NULL);
            } else {
                writer.writeByte(VALUE).writeLenencBytes(bytes("value " + i));
            }
        }
        return writer.toByteArray();
    }

    @Test
    void shouldPassBulkExecutions() throws Exception {
        List<String> seen = same(
                (client, notes) -> {
                    client.run("DROP TABLE IF EXISTS bulk_rows");
                    client.run("CREATE TABLE bulk_rows (a INT PRIMARY KEY, b VARCHAR(20))");
                    int id = client.prepare("INSERT INTO bulk_rows VALUES (?, ?)", notes);
                    notes.addAll(client.run(CommandType.STMT_BULK_EXECUTE, bulk(id, 0, 5_000)));
                    notes.addAll(client.run("SELECT count(*), count(b), max(a) FROM bulk_rows"));
                    // a row that is there already
                    notes.addAll(client.run(CommandType.STMT_BULK_EXECUTE, bulk(id, 4_990, 5_010)));
                    int returning = client.prepare("INSERT INTO bulk_rows VALUES (?, ?) RETURNING a, b", notes);
                    notes.addAll(client.run(CommandType.STMT_BULK_EXECUTE, bulk(returning, 6_000, 6_200)));
                    int delete = client.prepare("DELETE FROM bulk_rows WHERE a = ? AND b = ?", notes);
                    notes.addAll(client.run(CommandType.STMT_BULK_EXECUTE, bulk(delete, 0, 100)));
                    notes.addAll(client.run(CommandType.STMT_BULK_EXECUTE, bulk(999_999, 0, 1)));
                    notes.addAll(client.run("SELECT count(*) FROM bulk_rows"));
                },
                RawClient.EXTENDED,
                RawClient.EXTENDED & ~org.penstock.wire.Capabilities.DEPRECATE_EOF);
        assertThat(seen).anyMatch(packet -> packet.contains("Duplicate entry"));
    }

    @Test
    void shouldPassTheRefusalWhenTheClientDidNotAnnounceIt() throws Exception {
        List<String> seen = same((client, notes) -> {
            int id = client.prepare("DO ? + ?", notes);
            notes.addAll(client.run(CommandType.STMT_BULK_EXECUTE, bulk(id, 0, 3)));
            notes.addAll(client.run("SELECT 'in step'"));
        });
        assertThat(seen).anyMatch(packet -> packet.contains("in step"));
    }
}
