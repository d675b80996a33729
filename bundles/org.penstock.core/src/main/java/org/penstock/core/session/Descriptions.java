package org.penstock.core.session;

import java.io.ByteArrayOutputStream;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CommandType;
import org.penstock.wire.reply.ReplyEvent;
import org.penstock.wire.reply.ReplyTracker;

/**
 * The descriptions of results that servers leave out when they have sent them before, to a client that keeps them. What a server sent last may not be what the
 * client got last, from another one: then the description is put into the reply.
 *
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/4-server-response-packets/result-set-packets">MARIADB_CLIENT_CACHE_METADATA</a>
 */
final class Descriptions {
    /** Longest description that is kept. */
    static final int MAX_BYTES = 256 * 1024;

    private final SessionMachine machine;

    Descriptions(SessionMachine machine) {
        this.machine = machine;
    }

    /** Whether the packets of this reply are looked at until its first result is described. */
    boolean concern(Exchange exchange) {
        return exchange.statement != null
                && (exchange.code == CommandType.STMT_PREPARE || exchange.code == CommandType.STMT_EXECUTE)
                && Capabilities.has(machine.state().capabilities(), Capabilities.CACHE_METADATA);
    }

    /** Takes a packet whose header is at a position; whether the client has got more than it. */
    boolean packet(Link link, Exchange exchange, ReplyEvent event, Bytes bytes, int pos, int length) {
        PreparedStatement statement = exchange.statement;
        ReplyTracker tracker = link.tracker();
        if (statement == null) {
            return false;
        }
        switch (event) {
            case PREPARE_OK -> exchange.described = tracker.columnCount() == 0;
            case COLUMN_COUNT -> {
                exchange.described = !tracker.metadataFollows();
                return exchange.described && skipped(link, exchange, statement, bytes, pos, length);
            }
            case COLUMN -> column(link, exchange, statement, bytes, pos, length);
            case COLUMNS_END -> {
                // the parameters of a preparation end, too
            }
            default -> exchange.described = true;
        }
        return false;
    }

    private void column(Link link, Exchange exchange, PreparedStatement statement, Bytes bytes, int pos, int length) {
        ReplyTracker tracker = link.tracker();
        int before = exchange.code == CommandType.STMT_PREPARE ? tracker.parameterCount() : 0;
        if (++exchange.definitions <= before) {
            return;
        }
        ByteArrayOutputStream columns = exchange.columns;
        if (columns == null) {
            columns = new ByteArrayOutputStream();
            exchange.columns = columns;
        }
        byte[] packet = new byte[CommandPath.HEADER + length];
        bytes.copy(pos, packet, 0, packet.length);
        packet[3] = 0;
        if (columns.size() <= MAX_BYTES) {
            columns.writeBytes(packet);
        }
        if (exchange.definitions == before + tracker.columnCount()) {
            exchange.described = true;
            exchange.columns = null;
            statement.describes(link, columns.size() > MAX_BYTES ? null : columns.toByteArray());
            if (given(exchange)) {
                statement.given(link);
            }
        }
    }

    private static boolean given(Exchange exchange) {
        return exchange.owner == Exchange.Owner.CLIENT && !exchange.muted;
    }

    /** The server leaves the description out. */
    private boolean skipped(
            Link link, Exchange exchange, PreparedStatement statement, Bytes bytes, int pos, int length) {
        if (!given(exchange) || statement.givenBy(link)) {
            return false;
        }
        byte[] columns = statement.description(link);
        if (columns == null) {
            throw new ProtocolException(
                    SqlError.general("server '" + link.server().name()
                            + "' left out the description of a result that the client has not got from it"));
        }
        byte[] count = new byte[CommandPath.HEADER + length];
        bytes.copy(pos, count, 0, count.length);
        count[count.length - 1] = 1;
        ReplyHooks hooks = machine.replies().hooks();
        hooks.renumber(exchange, bytes.unsignedAt(pos + 3));
        hooks.packet(exchange, ReplyEvent.COLUMN_COUNT, new ArrayBytes(count), 0, length);
        ArrayBytes kept = new ArrayBytes(columns);
        for (int at = 0; at < columns.length; ) {
            int size = kept.unsignedAt(at) | kept.unsignedAt(at + 1) << 8 | kept.unsignedAt(at + 2) << 16;
            hooks.packet(exchange, ReplyEvent.COLUMN, kept, at, size);
            at += CommandPath.HEADER + size;
        }
        statement.given(link);
        return true;
    }
}
