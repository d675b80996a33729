package org.penstock.core.session;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.state.History;
import org.penstock.core.session.state.Parameters;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.core.session.state.PreparedStatements;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;

/** The client's prepared statements at its servers: where each is prepared, and when it is closed there. */
final class Preparations {
    private final SessionMachine machine;

    Preparations(SessionMachine machine) {
        this.machine = machine;
    }

    /** Whether that server can be told of the statement; where it has not got it, it is prepared there first. */
    boolean ready(Undecided command, PreparedStatement statement, Link link) {
        PreparedStatement.Copy copy = statement.at(link);
        if (copy == null) {
            prepare(link, statement, machine.state().database(), Exchange.Owner.CORE);
            return false;
        }
        return copy.known() || (command.statementId() == PreparedStatements.LAST && link.lastPrepared == statement);
    }

    /** Whether the statement is not at that server, and can never be. */
    static boolean missing(PreparedStatement statement, Link link) {
        return statement.payload().length == 0 && statement.at(link) == null;
    }

    /**
     * Prepares a statement on a server, under the default database that it was prepared under.
     *
     * @param current the server's default database, which is set again
     * @return the default database that the server has afterwards
     */
    @Nullable
    String prepare(Link link, PreparedStatement statement, @Nullable String current, Exchange.Owner owner) {
        String own = statement.database();
        boolean moves = own != null
                && !own.equals(current)
                && !own.isEmpty()
                && (current != null || owner == Exchange.Owner.REPLAY);
        if (moves && own != null) {
            send(link, initDb(own), statement, owner);
        }
        asked(statement, link);
        send(link, statement.payload(), statement, owner);
        if (moves && current != null) {
            send(link, initDb(current), statement, owner);
        }
        return moves && current == null ? own : current;
    }

    /** A COM_INIT_DB. */
    byte[] initDb(String database) {
        Charset known = machine.statements().charset();
        byte[] name = database.getBytes(known == null ? machine.charset() : known);
        return new PacketWriter(name.length + 1)
                .writeByte(CommandType.INIT_DB)
                .writeBytes(name)
                .toByteArray();
    }

    private void send(Link link, byte[] payload, PreparedStatement statement, Exchange.Owner owner) {
        Exchange exchange = machine.exchanges().acquire(0, payload[0] & 0xFF);
        exchange.owner = owner;
        exchange.statement = statement;
        machine.commands().flushRun();
        machine.replies().await(link, exchange);
        machine.port().toServer(link, new ArrayBytes(PacketWriter.frame(0, payload)));
    }

    /** A preparation is sent to that server. */
    void asked(PreparedStatement statement, Link link) {
        statement.asked(link);
        link.lastPrepared = statement;
    }

    /** A preparation by that server has ended, or what it needed before and behind. */
    void ended(Link link, Exchange exchange, PreparedStatement statement) {
        boolean prepares = exchange.code == CommandType.STMT_PREPARE;
        if (exchange.error == 0) {
            if (prepares && statement.closed() && !repeats(link, statement)) {
                closeAt(link, statement);
            }
            return;
        }
        if (prepares) {
            statement.lost(link);
        }
        if (exchange.owner == Exchange.Owner.CLIENT && prepares) {
            machine.keeping().ids().abandoned(exchange);
        } else if (exchange.owner == Exchange.Owner.CORE) {
            machine.links()
                    .doom(
                            link,
                            SqlError.general("server '" + link.server().name()
                                    + "' cannot prepare a statement of the session: error " + exchange.error));
        }
    }

    /** Whether that server is still to be told of something about the statement, as it is brought to where the session stands. */
    private boolean repeats(Link link, PreparedStatement statement) {
        History history = machine.keeping().history();
        return history != null
                && link.state() == Link.State.REPLAYING
                && (machine.keeping().fanOut().concerns(statement) || history.concerns(statement, link.replayed));
    }

    /** Closes a statement at all servers. */
    void close(PreparedStatement statement) {
        machine.commands().flushRun();
        for (Link link : machine.links().all()) {
            if (!repeats(link, statement)) {
                closeAt(link, statement);
            }
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
}
