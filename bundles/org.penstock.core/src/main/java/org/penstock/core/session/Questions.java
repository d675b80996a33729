package org.penstock.core.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.Route;
import org.penstock.api.server.QueryResult;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ColumnDefinition41;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.reply.ReplyEvent;

/** The question that a router asks a server, on the session's own connection, to decide about one command. At most one is open for a decision. */
final class Questions {
    /** Bytes that one answer to a question may have. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private final SessionMachine machine;
    private final Decision decision;
    private Route.@Nullable Ask asked;
    private @Nullable Link link;
    private @Nullable Exchange sent;
    private final List<String> columns = new ArrayList<>();
    private final List<List<@Nullable String>> rows = new ArrayList<>();
    private @Nullable SqlError error;
    private long bytes;

    Questions(SessionMachine machine, Decision decision) {
        this.machine = machine;
        this.decision = decision;
    }

    void ask(Link server, Route.Ask question) {
        asked = question;
        link = server;
        columns.clear();
        rows.clear();
        error = null;
        bytes = 0;
        sent = null;
        retry();
    }

    /** Sends the question once its server is connected. */
    void retry() {
        Route.Ask question = asked;
        Link server = link;
        if (question == null || server == null || sent != null || !server.takesCommands()) {
            return;
        }
        Exchange exchange = machine.exchanges().acquire(0, CommandType.QUERY);
        exchange.owner = Exchange.Owner.QUESTION;
        exchange.question = this;
        sent = exchange;
        machine.replies().await(server, exchange);
        byte[] text = question.query().getBytes(StandardCharsets.UTF_8);
        byte[] payload = new PacketWriter(text.length + 1)
                .writeByte(CommandType.QUERY)
                .writeBytes(text)
                .toByteArray();
        machine.commands().flushRun();
        machine.port().toServer(server, new ArrayBytes(PacketWriter.frame(0, payload)));
    }

    /** A packet of the reply; one to a question that was withdrawn is ignored. */
    void packet(Exchange exchange, ReplyEvent event, Bytes source, int from, int length) {
        if (exchange != sent || error != null) {
            return;
        }
        bytes += length;
        if (bytes > MAX_BYTES || (event == ReplyEvent.ROW && rows.size() >= QueryResult.MAX_ROWS)) {
            error = SqlError.general("the answer to a router's question is larger than " + MAX_BYTES + " bytes or "
                    + QueryResult.MAX_ROWS + " rows");
            return;
        }
        byte[] payload = new byte[length];
        source.copy(from, payload, 0, length);
        long capabilities = machine.state().capabilities();
        switch (event) {
            case COLUMN ->
                columns.add(ColumnDefinition41.decode(payload, capabilities).name());
            case ROW -> rows.add(TextRows.strings(payload, columns.size()));
            case ERR -> error = SqlErrors.of(ErrPacket.decode(payload));
            default -> {
                // nothing to keep
            }
        }
    }

    /** The answer is complete: the router decides by it. */
    void ended(Exchange exchange) {
        Route.Ask question = asked;
        if (exchange != sent || question == null) {
            return;
        }
        withdraw();
        SqlError failed = error;
        if (failed != null) {
            decision.answered(Route.fail(failed));
            return;
        }
        QueryResult result = new QueryResult(List.copyOf(columns), new ArrayList<>(rows));
        decision.answered(next(question, result));
    }

    private Route next(Route.Ask question, QueryResult result) {
        try {
            return question.next().route(result);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw ModuleFailure.of(machine.chain().router().label(), e);
        }
    }

    /** Whether that server is being asked, or will be. */
    boolean asks(Link server) {
        return link == server;
    }

    /** The server is gone. */
    void lost(Link server, SqlError why) {
        if (link == server) {
            withdraw();
            decision.answered(Route.fail(why));
        }
    }

    /** The answer does not matter any more. */
    void withdraw() {
        asked = null;
        link = null;
        sent = null;
    }
}
