package org.penstock.itests.probe.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.router.AnswerSource;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;

/** Asks a server a question of its own, streams an answer without end, or throws; routes all else to the first server. */
public final class ProbeRouter implements Router {
    private static final byte[] COUNT = {1};
    private static final byte[] ROW = row();

    public ProbeRouter(Map<String, Object> properties) {}

    private static byte[] row() {
        byte[] row = new byte[101];
        java.util.Arrays.fill(row, (byte) 'x');
        row[0] = 100;
        return row;
    }

    /** The definition of a text column {@code c}. */
    private static byte[] column() {
        byte[] names = "\3def\0\0\0\1c\0".getBytes(StandardCharsets.US_ASCII);
        byte[] rest = {0x0C, 45, 0, -1, 0, 0, 0, (byte) 253, 0, 0, 0, 0, 0};
        byte[] all = java.util.Arrays.copyOf(names, names.length + rest.length);
        System.arraycopy(rest, 0, all, names.length, rest.length);
        return all;
    }

    @Override
    public RouterSession open(RouterContext context) {
        String server = context.servers().get(0).name();
        return new RouterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.head(256);
            }

            @Override
            public List<String> connectFirst() {
                return List.of(server);
            }

            @Override
            public Route route(Command command, Holds holds) {
                String sql = command.hasSql() ? command.sql() : "";
                if (sql.contains("/*ask*/")) {
                    return Route.ask(
                            server,
                            "SELECT 6 * 7 AS answer",
                            result -> Route.answer(Answer.rows(
                                    List.of("asked"), List.of(List.of("got " + result.value(0, "answer"))))));
                }
                if (sql.contains("/*endless*/")) {
                    return Route.answer(new Endless());
                }
                if (sql.contains("/*throw*/")) {
                    throw new IllegalStateException("a router that throws");
                }
                return Route.to(server);
            }
        };
    }

    /** Rows for as long as the client reads; without the EOF behind the columns, which the client must have given up. */
    private static final class Endless implements AnswerSource {
        private boolean begun;

        @Override
        public void pull(Sink sink) {
            if (!begun) {
                begun = true;
                sink.packet(COUNT.clone());
                sink.packet(column());
            }
            while (sink.packet(ROW.clone())) {
                // Until the client's buffer is full.
            }
        }
    }
}
