package org.penstock.core.session;

import java.util.List;
import org.penstock.api.command.Answer;
import org.penstock.api.error.SqlError;
import org.penstock.wire.packet.OkPacket;
import org.penstock.wire.packet.TextResultSet;

/** Turns a module's answer into packet payloads that fit the session. */
final class AnswerEncoder {
    private AnswerEncoder() {}

    static List<byte[]> encode(Answer answer, SessionState state) {
        long capabilities = state.capabilities();
        if (answer instanceof Answer.Packets packets) {
            return packets.payloads();
        }
        if (answer instanceof Answer.Ok ok) {
            OkPacket packet = new OkPacket(
                    ok.affectedRows(), ok.insertId(), state.serverStatus(), ok.warnings(), ok.info(), new byte[0]);
            return List.of(packet.encode(capabilities));
        }
        if (answer instanceof Answer.Failure failure) {
            return List.of(error(failure.error()));
        }
        Answer.Rows rows = (Answer.Rows) answer;
        return TextResultSet.ofText(rows.columns(), rows.rows()).encode(capabilities, state.serverStatus(), 0);
    }

    static byte[] error(SqlError error) {
        return SqlErrors.packet(error);
    }
}
