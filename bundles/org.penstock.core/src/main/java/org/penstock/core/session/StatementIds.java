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
import org.penstock.wire.ServerStatus;
import org.penstock.wire.reply.ReplyTracker;

/**
 * The ids of the client's prepared statements, which stay the same whatever server executes them: written over in the buffers they came in, in both directions.
 * Nothing of this is done where the session's router did not ask for it.
 */
final class StatementIds {
    private static final PreparedStatements NONE = new PreparedStatements();

    private final SessionMachine machine;
    private final Preparations preparations;
    private PreparedStatements prepared = NONE;

    StatementIds(SessionMachine machine) {
        this.machine = machine;
        this.preparations = new Preparations(machine);
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

    /** Where they are prepared. */
    Preparations preparations() {
        return preparations;
    }

    // -- commands

    /** Payload bytes of a command that must be at hand for its statement's sake. */
    int need(ByteSource bytes, int from, int shown) {
        int code = bytes.at(from) & 0xFF;
        if (!CommandType.usesStatement(code)) {
            return 1;
        }
        if (!active() || shown < Parameters.ID_END) {
            return Parameters.ID_END;
        }
        PreparedStatement statement = prepared.get(bytes.intAt(from + 1));
        if (statement == null || !Parameters.typed(code)) {
            return Parameters.ID_END;
        }
        return statement.answered()
                ? Parameters.need(code, statement.parameters(), bytes, from, shown)
                : ExecutionTypes.MAX_DIRECT;
    }

    /** The statement that the command is about, or null. */
    @Nullable
    PreparedStatement of(Undecided command) {
        return active() && CommandType.usesStatement(command.exchange().code) && command.atHand() >= Parameters.ID_END
                ? prepared.get(command.statementId())
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
        if (!CommandType.usesStatement(code)) {
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

    /** The error for a command that waits for its server: its statement was refused meanwhile, or that server can never have it; else null. */
    @Nullable
    SqlError refusal(Undecided command, @Nullable PreparedStatement statement, Link link) {
        if (statement == null) {
            return null;
        }
        if (statement.closed()) {
            return unknown(command);
        }
        return Preparations.missing(statement, link)
                ? SqlError.general("the statement (" + statement.id()
                        + ") is too long (16 MiB) to be prepared on another server than the one that has it")
                : null;
    }

    private static SqlError unknown(Undecided command) {
        return new SqlError(
                ErrorCodes.UNKNOWN_STMT_HANDLER,
                "HY000",
                "Unknown prepared statement handler (" + Integer.toUnsignedString(command.statementId()) + ") given to "
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

    /** A new statement is prepared on that server. */
    PreparedStatement prepare(Exchange sent, byte[] payload, Link link) {
        PreparedStatement statement = prepared.prepare(sent.number, payload);
        sent.statement = statement;
        preparations.asked(statement, link);
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
            ExecutionTypes.sent(command, statement, link);
            boolean cursor = Parameters.cursor(sent.code, command.bytes(), command.at(), command.atHand());
            statement.executed(link, cursor);
        } else if (sent.code == CommandType.STMT_SEND_LONG_DATA && !toAll) {
            statement.longData(link);
        }
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
        forget(statement);
    }

    /** A statement that the client has closed leaves the history, too, behind what is in flight about it, and what servers have of it. */
    void forget(PreparedStatement statement) {
        History history = machine.keeping().history();
        if (history != null && !machine.keeping().fanOut().concerns(statement)) {
            history.closed(statement);
        }
        preparations.close(statement);
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
            ExecutionTypes.answered(statement, tracker.parameterCount());
            bytes.putInt(payload + 1, statement.id());
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
            case CommandType.STMT_PREPARE, CommandType.INIT_DB -> preparations.ended(link, exchange, statement);
            case CommandType.STMT_EXECUTE ->
                statement.cursor(ok && (exchange.status & ServerStatus.CURSOR_EXISTS) != 0);
            case CommandType.STMT_FETCH -> statement.cursor(ok && (exchange.status & ServerStatus.LAST_ROW_SENT) == 0);
            case CommandType.STMT_RESET -> statement.reset();
            default -> {
                // nothing to note
            }
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
            preparations.closeAt(other, statement);
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
