package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.state.History;
import org.penstock.core.session.state.Parameters;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.core.session.state.PreparedStatements;
import org.penstock.wire.ByteSource;
import org.penstock.wire.CommandType;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.ServerStatus;
import org.penstock.wire.reply.ReplyTracker;

/**
 * The ids of the client's prepared statements, which stay the same whatever server executes them: written over in the buffers they came in, in both directions.
 * Nothing of this is done where the session's router did not ask for it.
 */
final class StatementIds {
    /** Bytes of an execution that are kept while the reply to its preparation, sent with it, is outstanding. */
    private static final int MAX_DIRECT = 64 * 1024;

    private static final PreparedStatements NONE = new PreparedStatements();

    private final SessionMachine machine;
    private PreparedStatements prepared = NONE;

    StatementIds(SessionMachine machine) {
        this.machine = machine;
    }

    void begin() {
        prepared = new PreparedStatements();
    }

    /** Whether ids are mapped in this session. */
    boolean active() {
        return prepared != NONE;
    }

    PreparedStatements prepared() {
        return prepared;
    }

    // -- commands

    private static boolean refers(int code) {
        return switch (code) {
            case CommandType.STMT_EXECUTE,
                    CommandType.STMT_BULK_EXECUTE,
                    CommandType.STMT_FETCH,
                    CommandType.STMT_RESET,
                    CommandType.STMT_CLOSE,
                    CommandType.STMT_SEND_LONG_DATA -> true;
            default -> false;
        };
    }

    /** Payload bytes of a command that must be at hand for its statement's sake. */
    int need(ByteSource bytes, int from, int shown) {
        if (!active()) {
            return 1;
        }
        int code = bytes.at(from) & 0xFF;
        if (!refers(code) || shown < Parameters.ID_END) {
            return refers(code) ? Parameters.ID_END : 1;
        }
        PreparedStatement statement = prepared.get(bytes.intAt(from + 1));
        if (statement == null || !Parameters.typed(code)) {
            return Parameters.ID_END;
        }
        return !statement.answered() ? MAX_DIRECT : Parameters.need(code, statement.parameters(), bytes, from, shown);
    }

    /** The statement that the command is about, or null. */
    @Nullable
    PreparedStatement of(Undecided command) {
        return active() && refers(command.exchange().code) && command.atHand() >= Parameters.ID_END
                ? prepared.get(command.bytes().intAt(command.at() + 1))
                : null;
    }

    /** The error for a command whose statement there is not, or not any more; null when it may go on. */
    @Nullable
    SqlError refusal(Undecided command, @Nullable PreparedStatement statement, boolean toAll) {
        int code = command.exchange().code;
        if (!active()) {
            return null;
        }
        if (code == CommandType.STMT_PREPARE) {
            return prepared.refusal(command.length());
        }
        if (!refers(code)) {
            return null;
        }
        if (statement == null) {
            return unknown(command);
        }
        if (statement.boundTo() instanceof Link bound) {
            return bound.state() == Link.State.CLOSED ? gone(statement, code, bound) : split(code, toAll);
        }
        return null;
    }

    private static SqlError unknown(Undecided command) {
        String id = command.atHand() < Parameters.ID_END
                ? "0"
                : Integer.toUnsignedString(command.bytes().intAt(command.at() + 1));
        return new SqlError(
                ErrorCodes.UNKNOWN_STMT_HANDLER,
                "HY000",
                "Unknown prepared statement handler (" + id + ") given to "
                        + CommandType.name(command.exchange().code));
    }

    private static SqlError gone(PreparedStatement statement, int code, Link bound) {
        statement.reset();
        if (code == CommandType.STMT_FETCH) {
            return new SqlError(1421, "HY000", "The statement (" + statement.id() + ") has no open cursor.");
        }
        return new SqlError(
                ErrorCodes.CONNECTION_KILLED,
                "08S01",
                "Connection to server '" + bound.server().name()
                        + "' was lost, and with it what had been sent for the statement");
    }

    private static @Nullable SqlError split(int code, boolean toAll) {
        return toAll && code == CommandType.STMT_EXECUTE
                ? SqlError.general("a statement with long data or an open cursor cannot be executed on all servers")
                : null;
    }

    /** The server that alone can take the command, or null. */
    static @Nullable Link boundTo(@Nullable PreparedStatement statement) {
        return statement != null && statement.boundTo() instanceof Link bound ? bound : null;
    }

    /** Whether that server can be told of the statement; where it has not got it, it is prepared there first. */
    boolean ready(Undecided command, PreparedStatement statement, Link link) {
        PreparedStatement.Copy copy = statement.at(link);
        if (copy == null) {
            prepareAt(link, statement);
            return false;
        }
        boolean last = command.bytes().intAt(command.at() + 1) == PreparedStatements.LAST;
        return copy.known() || (last && link.lastPrepared == statement);
    }

    private void prepareAt(Link link, PreparedStatement statement) {
        Exchange exchange = machine.exchanges().acquire(0, CommandType.STMT_PREPARE);
        exchange.owner = Exchange.Owner.CORE;
        exchange.statement = statement;
        asked(statement, link);
        machine.commands().flushRun();
        machine.replies().await(link, exchange);
        machine.port().toServer(link, new ArrayBytes(PacketWriter.frame(0, statement.payload())));
    }

    /** A preparation is sent to that server. */
    void asked(PreparedStatement statement, Link link) {
        statement.asked(link);
        link.lastPrepared = statement;
    }

    /** Whether parameter types must be put into the command for that server. */
    boolean inserts(Undecided command, PreparedStatement statement, Link link) {
        int code = command.exchange().code;
        int parameters = statement.parameters();
        return Parameters.typed(code)
                && statement.types() != null
                && command.atHand() >= Parameters.typesAt(code, parameters)
                && !Parameters.follow(code, parameters, command.bytes(), command.at())
                && !statement.hasTypes(link);
    }

    /** A new statement is prepared on that server. */
    PreparedStatement prepare(Exchange sent, byte[] payload, Link link) {
        PreparedStatement statement = prepared.prepare(sent.number, payload);
        sent.statement = statement;
        asked(statement, link);
        return statement;
    }

    /** The command leaves for that server: notes what it gets, and which id it must have there. */
    void leave(Undecided command, PreparedStatement statement, Link link, boolean toAll) {
        Exchange sent = command.exchange();
        sent.statement = statement;
        PreparedStatement.Copy copy = statement.at(link);
        sent.patched = true;
        sent.statementId = copy != null && copy.known() ? copy.serverId() : PreparedStatements.LAST;
        if (Parameters.typed(sent.code)) {
            types(command, statement, link);
            boolean cursor = Parameters.cursor(sent.code, command.bytes(), command.at(), command.atHand());
            statement.executed(link, cursor);
        } else if (sent.code == CommandType.STMT_SEND_LONG_DATA && !toAll) {
            statement.longData(link);
        }
    }

    private static void types(Undecided command, PreparedStatement statement, Link link) {
        int code = command.exchange().code;
        ByteSource bytes = command.bytes();
        int at = command.at();
        if (!statement.answered()) {
            byte[] head = new byte[Math.min(command.atHand(), MAX_DIRECT)];
            for (int i = 0; i < head.length; i++) {
                head[i] = bytes.at(at + i);
            }
            statement.direct(head, link);
            return;
        }
        take(code, statement, bytes, at, command.atHand(), link);
    }

    private static void take(int code, PreparedStatement statement, ByteSource bytes, int at, int atHand, Object link) {
        int parameters = statement.parameters();
        int end = Parameters.typesAt(code, parameters) + 2 * parameters;
        if (atHand < end || !Parameters.follow(code, parameters, bytes, at)) {
            return;
        }
        byte[] known = statement.types();
        if (known != null && Parameters.same(known, code, parameters, bytes, at)) {
            statement.typesKnown(link);
        } else {
            statement.types(Parameters.types(code, parameters, bytes, at), link);
        }
    }

    /** A copy of a command for that server: with the id that it knows, and with types where it lacks them. */
    byte[] translated(byte[] payload, PreparedStatement statement, Link link) {
        int code = payload[0] & 0xFF;
        byte[] copy = payload.clone();
        if (Parameters.typed(code)) {
            int parameters = statement.parameters();
            boolean shown = payload.length >= Parameters.typesAt(code, parameters);
            boolean follow = shown && Parameters.follow(code, parameters, ByteSource.of(payload), 0);
            byte[] types = statement.types();
            if (shown && !follow && types != null && !statement.hasTypes(link)) {
                copy = Parameters.insert(payload, parameters, types);
                follow = true;
            }
            if (follow) {
                take(code, statement, ByteSource.of(copy), 0, copy.length, link);
            }
        }
        PreparedStatement.Copy there = statement.at(link);
        Parameters.id(copy, there != null && there.known() ? there.serverId() : PreparedStatements.LAST);
        return copy;
    }

    /** A command with its types, as it can be repeated on any server, and the client's id. */
    byte[] typed(byte[] payload, PreparedStatement statement) {
        int code = payload[0] & 0xFF;
        if (!refers(code)) {
            return payload;
        }
        byte[] types = statement.types();
        int parameters = statement.parameters();
        boolean bare = Parameters.typed(code)
                && types != null
                && payload.length >= Parameters.typesAt(code, parameters)
                && !Parameters.follow(code, parameters, ByteSource.of(payload), 0);
        byte[] typed = bare && types != null ? Parameters.insert(payload, parameters, types) : payload.clone();
        Parameters.id(typed, statement.id());
        return typed;
    }

    /** Whether a command needs no server that answers: a statement is closed wherever it is, data for one that is gone is dropped. */
    boolean takes(Undecided command) {
        int code = command.exchange().code;
        if (!active() || (code != CommandType.STMT_CLOSE && code != CommandType.STMT_SEND_LONG_DATA)) {
            return false;
        }
        PreparedStatement statement = of(command);
        if (code == CommandType.STMT_CLOSE) {
            if (statement != null) {
                close(statement);
            }
            return true;
        }
        Link bound = boundTo(statement);
        return statement == null || (bound != null && bound.state() == Link.State.CLOSED);
    }

    private void close(PreparedStatement statement) {
        prepared.close(statement);
        machine.commands().flushRun();
        for (Link link : machine.links().all()) {
            closeAt(link, statement);
        }
        History history = machine.keeping().history();
        if (history != null) {
            history.closed(statement);
        }
    }

    /** Closes a statement on one server, as soon as its id there is known. */
    void closeAt(Link link, PreparedStatement statement) {
        PreparedStatement.Copy copy = statement.at(link);
        if (copy == null || !copy.known() || !link.open()) {
            return;
        }
        byte[] close = new byte[Parameters.ID_END];
        close[0] = (byte) CommandType.STMT_CLOSE;
        Parameters.id(close, copy.serverId());
        statement.lost(link);
        machine.port().toServer(link, new ArrayBytes(PacketWriter.frame(0, close)));
    }

    // -- replies

    /** A server has prepared a statement; the id of it in the packet, whose payload is at that place, becomes the client's. */
    void preparedAt(Link link, Exchange exchange, Bytes bytes, int payload) {
        PreparedStatement statement = exchange.statement;
        if (statement == null) {
            return;
        }
        ReplyTracker tracker = link.tracker();
        statement.known(link, (int) tracker.statementId());
        if (exchange.owner == Exchange.Owner.CLIENT) {
            answered(statement, tracker.parameterCount());
            bytes.putInt(payload + 1, statement.id());
        }
    }

    private static void answered(PreparedStatement statement, int parameters) {
        statement.answered(parameters);
        byte[] head = statement.directHead();
        Object link = statement.directAt();
        if (head != null && link != null) {
            statement.direct(null, null);
            take(head[0] & 0xFF, statement, ByteSource.of(head), 0, head.length, link);
        }
    }

    /** The reply to a command about a statement has ended. */
    void ended(Link link, Exchange exchange) {
        PreparedStatement statement = exchange.statement;
        if (statement == null) {
            return;
        }
        boolean ok = exchange.error == 0;
        switch (exchange.code) {
            case CommandType.STMT_PREPARE -> preparationEnded(link, exchange, statement);
            case CommandType.STMT_EXECUTE ->
                statement.cursor(ok && (exchange.status & ServerStatus.CURSOR_EXISTS) != 0);
            case CommandType.STMT_FETCH -> statement.cursor(ok && (exchange.status & ServerStatus.LAST_ROW_SENT) == 0);
            case CommandType.STMT_RESET -> statement.reset();
            default -> {
                // nothing to note
            }
        }
    }

    private void preparationEnded(Link link, Exchange exchange, PreparedStatement statement) {
        if (exchange.error != 0) {
            statement.lost(link);
            if (exchange.owner == Exchange.Owner.CLIENT) {
                abandoned(exchange);
            } else if (exchange.owner == Exchange.Owner.CORE) {
                machine.links()
                        .doom(
                                link,
                                SqlError.general("server '" + link.server().name()
                                        + "' cannot prepare a statement of the session: error " + exchange.error));
            }
        } else if (statement.closed()) {
            closeAt(link, statement);
        }
    }

    /** The client is told that a command failed: what it would have prepared is nowhere any more. */
    void abandoned(Exchange exchange) {
        PreparedStatement statement = exchange.statement;
        if (statement == null || exchange.code != CommandType.STMT_PREPARE) {
            return;
        }
        prepared.close(statement);
        for (Link other : machine.links().all()) {
            closeAt(other, statement);
        }
    }

    // -- the session

    /** A server connection is gone with what it had. */
    void lost(Link link) {
        if (active()) {
            for (PreparedStatement statement : prepared.values()) {
                statement.lost(link);
            }
        }
    }

    /** All statements from before that command are gone. */
    void clear(long before) {
        if (active()) {
            prepared.clear(before);
        }
    }
}
