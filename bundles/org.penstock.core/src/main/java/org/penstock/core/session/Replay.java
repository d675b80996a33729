package org.penstock.core.session;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.state.History;
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
                    "the session's history was not kept: it is longer than the router's limit, or cannot be repeated");
            return;
        }
        link.replayed = 0;
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
            repeat(link, RESET, null);
            String base = history.base();
            if (base != null) {
                repeat(link, initDb(base), null);
            }
            return;
        }
        History.Entry next = history.after(link.replayed);
        while (next != null && link.expected().size() < MAX_AHEAD && (link.idle() || (next.simple() && link.simple))) {
            link.replayed = next.position();
            link.simple = next.simple();
            send(link, history, next);
            next = history.after(link.replayed);
        }
        if (next == null && link.idle() && !machine.keeping().fanOut().inFlight()) {
            ready(link);
        }
    }

    private void send(Link link, History history, History.Entry entry) {
        PreparedStatement statement = entry.statement();
        if (statement == null) {
            repeat(link, entry.payload(), null);
            return;
        }
        StatementIds ids = machine.keeping().ids();
        switch (entry.code()) {
            case CommandType.STMT_PREPARE -> {
                String under = entry.under();
                String base = history.base();
                if (under != null) {
                    repeat(link, initDb(under), null);
                }
                ids.asked(statement, link);
                repeat(link, entry.payload(), statement);
                if (under != null && base != null) {
                    repeat(link, initDb(base), null);
                }
            }
            case CommandType.STMT_CLOSE -> ids.closeAt(link, statement);
            default -> repeat(link, ids.translated(entry.payload(), statement, link), null);
        }
    }

    private byte[] initDb(String database) {
        Charset charset = machine.charset();
        return new PacketWriter(database.length() + 1)
                .writeByte(CommandType.INIT_DB)
                .writeBytes(database.getBytes(charset))
                .toByteArray();
    }

    private void repeat(Link link, byte[] payload, @Nullable PreparedStatement statement) {
        Exchange exchange = machine.exchanges().acquire(0, payload[0] & 0xFF);
        exchange.owner = Exchange.Owner.REPLAY;
        exchange.statement = statement;
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
