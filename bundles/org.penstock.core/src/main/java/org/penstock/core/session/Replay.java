package org.penstock.core.session;

import java.util.List;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.state.History;
import org.penstock.core.session.state.HistoryEntry;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;

/**
 * Brings a new server connection to where the session stands: repeats the history on it before its first use.
 *
 * <pre>
 *   CONNECTING --logged in--> REPLAYING --all repeated, no command for all servers outstanding--> READY
 *                                 |
 *                                 +--an error, where there was none--> lost
 * </pre>
 */
final class Replay {
    /** Most commands that are repeated ahead of their replies. */
    static final int MAX_AHEAD = 16;

    private static final byte[] RESET = {(byte) CommandType.RESET_CONNECTION};

    private final SessionMachine machine;

    Replay(SessionMachine machine) {
        this.machine = machine;
    }

    /** A connection is open and logged in: ready at once where nothing is to be repeated. */
    void begin(Link link) {
        History history = machine.keeping().history();
        if (history == null) {
            ready(link);
            return;
        }
        if (!history.whole()) {
            fail(
                    link,
                    "the session's history was not kept: it is longer than the router's limit (max_sescmd_history), or cannot"
                            + " be repeated");
            return;
        }
        link.replayed = 0;
        link.database = history.base();
        link.state(Link.State.REPLAYING);
        go(link);
    }

    /** Goes on with every connection that is being brought up to date. */
    void settle() {
        List<Link> links = machine.links().all();
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).state() == Link.State.REPLAYING) {
                go(links.get(i));
            }
        }
    }

    private void go(Link link) {
        History history = machine.keeping().history();
        if (history == null || link.doomed()) {
            return;
        }
        if (link.restart) {
            if (!link.idle()) {
                return;
            }
            link.restart = false;
            repeat(link, RESET);
            String base = history.base();
            if (base != null) {
                repeat(link, machine.keeping().ids().preparations().initDb(base));
            }
            link.database = base;
            return;
        }
        HistoryEntry next = history.after(link.replayed);
        while (next != null && link.expected().size() < MAX_AHEAD && (link.idle() || (next.simple() && link.simple))) {
            link.replayed = next.position();
            link.simple = next.simple();
            send(link, next);
            next = history.after(link.replayed);
        }
        if (next == null && link.idle() && !machine.keeping().fanOut().inFlight()) {
            ready(link);
        }
    }

    private void send(Link link, HistoryEntry entry) {
        PreparedStatement statement = entry.statement();
        Preparations preparations = machine.keeping().ids().preparations();
        if (statement == null) {
            repeat(link, entry.payload());
        } else if (entry.code() == CommandType.STMT_PREPARE) {
            link.database = preparations.prepare(link, statement, link.database, Exchange.Owner.REPLAY);
        } else if (entry.code() == CommandType.STMT_CLOSE) {
            preparations.closeAt(link, statement);
        } else {
            repeat(link, ExecutionTypes.translated(entry.payload(), statement, link));
        }
        if (entry.database() != null) {
            link.database = entry.database();
        }
    }

    private void repeat(Link link, byte[] payload) {
        Exchange exchange = machine.exchanges().acquire(0, payload[0] & 0xFF);
        exchange.owner = Exchange.Owner.REPLAY;
        machine.replies().await(link, exchange);
        machine.port().toServer(link, new ArrayBytes(PacketWriter.frame(0, payload)));
    }

    /** A repeated command was answered. */
    void ended(Link link, Exchange exchange) {
        if (exchange.error != 0) {
            fail(
                    link,
                    "the session's state could not be repeated there: " + CommandType.name(exchange.code)
                            + " failed with error " + exchange.error);
        }
    }

    private void fail(Link link, String why) {
        machine.links().doom(link, SqlError.general("server '" + link.server().name() + "': " + why));
    }

    /** The session's state was reset: connections under way begin anew. */
    void restart(History history) {
        for (Link link : machine.links().all()) {
            if (link.state() == Link.State.REPLAYING) {
                link.restart = true;
                link.replayed = history.last();
            }
        }
    }

    private void ready(Link link) {
        link.state(Link.State.READY);
        machine.flow().connected(link);
        machine.opening().serverReady();
        machine.account().serverReady(link);
    }
}
