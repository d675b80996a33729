package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.wire.CommandType;

/** Rows that are fetched in parts. */
class CursorTest extends CommandFixture {
    @Test
    void shouldPassCursors() throws Exception {
        same((client, notes) -> {
            int id = client.prepare("SELECT seq, ? FROM seq_1_to_100", notes);
            notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(id, READ_ONLY_CURSOR, "row")));
            for (int i = 0; i < 6; i++) {
                client.command(CommandType.STMT_FETCH, statement(id, 20));
                client.rows(notes);
            }
            notes.addAll(client.run(CommandType.STMT_RESET, statement(id)));
            client.command(CommandType.STMT_FETCH, statement(id, 20));
            client.rows(notes);
            notes.addAll(client.run("SELECT 'still in step'"));
        });
    }

    @Test
    void shouldUseOtherCommandsWhileACursorIsOpen() throws Exception {
        List<String> seen = same(
                (client, notes) -> {
                    int id = client.prepare("SELECT seq, ? FROM seq_1_to_5000", notes);
                    notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(id, READ_ONLY_CURSOR, "row")));
                    client.command(CommandType.STMT_FETCH, statement(id, 4000));
                    client.rows(notes);
                    notes.addAll(client.run("SELECT 'between'"));
                    int other = client.prepare("SELECT ?", notes);
                    notes.addAll(client.run(CommandType.STMT_EXECUTE, execute(other, 0, "other")));
                    client.command(CommandType.STMT_FETCH, statement(id, 2000));
                    client.rows(notes);
                    client.command(CommandType.STMT_FETCH, statement(id, 1));
                    client.rows(notes);
                    client.command(CommandType.STMT_CLOSE, statement(id));
                    client.command(CommandType.STMT_FETCH, statement(id, 1));
                    client.rows(notes);
                    notes.addAll(client.run("SELECT 'in step'"));
                },
                RawClient.OLD_EOF,
                RawClient.MODERN,
                RawClient.EXTENDED);
        assertThat(seen).anyMatch(packet -> packet.contains("between"));
        assertThat(seen).hasSizeGreaterThan(5_000);
    }
}
