package org.penstock.core.session;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;
import org.penstock.core.session.state.NamedStatements;
import org.penstock.core.session.state.Pins;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.core.session.state.TemporaryTables;
import org.penstock.core.session.state.TransactionState;
import org.penstock.sql.Structure;
import org.penstock.wire.CommandType;
import org.penstock.wire.packet.SessionChange;

/**
 * Follows what the client's commands do to their session: what they say counts from when they are sent, so that the next one finds it, and the server's reply
 * mends it. Where only the reply can say it, the next command waits for that.
 */
final class Following {
    private final SessionMachine machine;
    private final TransactionState transaction = new TransactionState();
    private final Pins pins = new Pins();
    private final TemporaryTables temporary = new TemporaryTables();
    private final NamedStatements named = new NamedStatements();
    private final Set<Pin> asked = EnumSet.noneOf(Pin.class);
    private @Nullable String begunOn;
    private @Nullable Exchange awaited;

    Following(SessionMachine machine) {
        this.machine = machine;
    }

    TransactionState transaction() {
        return transaction;
    }

    Pins pins() {
        return pins;
    }

    TemporaryTables temporary() {
        return temporary;
    }

    NamedStatements named() {
        return named;
    }

    /** Whether the next command must wait for the reply of the last one to be decided. */
    boolean waits() {
        return awaited != null;
    }

    /** A new command is decided. */
    void begin() {
        asked.clear();
    }

    /** The router wants the session to stay where the command that it is routing goes. */
    void ask(Pin reason) {
        asked.add(reason);
    }

    /** Whether the session could go on as it is with other connections than those it has. */
    boolean movable() {
        return pins.isEmpty() && (!transaction.open() || leaves(begunOn)) && temporary.isEmpty();
    }

    /** Whether the connection to that server is being given up, and there is no other one. */
    private boolean leaves(@Nullable String server) {
        boolean leaving = false;
        for (Link link : machine.links().all()) {
            if (link.server().name().equals(server)) {
                leaving = link.leaving();
            }
        }
        return leaving;
    }

    // -- on the way to the server

    /** A command leaves for a server, or for all and that one answers. */
    void sent(Undecided command, Exchange exchange, Link link, boolean toAll) {
        if (!CommandType.hasReply(exchange.code)) {
            return;
        }
        String server = link.server().name();
        Statement statement = machine.statements().of(command);
        Sent sent = exchange.sent();
        exchange.followed = true;
        sent.begin(exchange.code, statement, toAll, transaction.saved());
        if (exchange.code == CommandType.STMT_PREPARE) {
            PreparedStatement prepared = exchange.statement;
            if (prepared != null) {
                prepared.kind(command.prepares);
            }
            asked.clear();
            return;
        }
        TransactionEffect effect = statement.transactionEffect();
        transaction.sent(effect, statement);
        if (begins(effect)) {
            begunOn = server;
        }
        pin(sent, server);
        tables(command, sent, server);
        if (statement.is(Types.PREPARE_NAMED_STMT | Types.DEALLOC_PREPARE) && exchange.code == CommandType.QUERY) {
            machine.statements().name(command, sent, named);
        }
        if (statement.has(Flags.CHANGES_READING)) {
            sent.reading = machine.statements().reading(command);
        }
        if (effect == TransactionEffect.UNKNOWN || sent.reading != null) {
            awaited = exchange;
        }
    }

    private static boolean begins(TransactionEffect effect) {
        return switch (effect) {
            case BEGIN, BEGIN_READ_ONLY, BEGIN_READ_WRITE, END_AND_BEGIN -> true;
            case NONE, END, AUTOCOMMIT_OFF, AUTOCOMMIT_ON, UNKNOWN -> false;
        };
    }

    private void pin(Sent sent, String server) {
        Statement statement = sent.statement;
        if (!asked.isEmpty()) {
            asked.forEach(reason -> pins.pin(reason, server));
            asked.clear();
        }
        Pin own = statement.has(Flags.UNPINS) ? Pin.NONE : own(statement);
        if (pins.pin(own, server)) {
            sent.pinned = own;
        }
        if (pins.server() == null && !pins.isEmpty()) {
            pins.moved(server);
        }
    }

    private static Pin own(Statement statement) {
        return switch (statement.pin()) {
            case XA, LOCK_TABLES, BACKUP, HANDLER, SERIALIZABLE, SESSION_STATE -> statement.pin();
            case NONE, MULTI_STATEMENT, COMPOUND, CALL ->
                statement.has(Flags.SET_WITH_EFFECTS) || unread(statement) ? Pin.SESSION_STATE : Pin.NONE;
        };
    }

    /** Whether what was not read of a statement may change the session's state. */
    private static boolean unread(Statement statement) {
        return statement.has(Flags.CUT)
                && switch (statement.operation()) {
                    case INSERT,
                            UPDATE,
                            DELETE,
                            LOAD,
                            LOAD_LOCAL,
                            CREATE,
                            CREATE_TABLE,
                            CREATE_USER,
                            CREATE_ROLE,
                            ALTER,
                            ALTER_TABLE,
                            DROP,
                            DROP_TABLE,
                            GRANT,
                            REVOKE,
                            TRUNCATE,
                            KILL,
                            CALL -> false;
                    case UNDEFINED, CHANGE_DB, EXECUTE, EXPLAIN, SELECT, SET, SET_TRANSACTION, SHOW, SHOW_DATABASES ->
                        true;
                };
    }

    private void tables(Undecided command, Sent sent, String server) {
        Statement statement = sent.statement;
        boolean creates = statement.is(Types.CREATE_TMP_TABLE)
                || (statement.has(Flags.TEMPORARY) && statement.operation() == Operation.CREATE);
        boolean drops = !temporary.isEmpty() && statement.operation() == Operation.DROP_TABLE;
        boolean alters = !temporary.isEmpty() && !creates && !drops && renames(statement);
        if (!creates && !drops && !alters) {
            return;
        }
        Structure structure = machine.statements().structure(command);
        sent.structure = structure;
        sent.database = machine.state().database();
        boolean known = structure != null;
        if (creates && structure != null) {
            known = temporary.created(structure, sent.database, server);
        } else if (alters && structure != null) {
            known = !temporary.mayName(structure, sent.database)
                    || !machine.statements().contains(command, "RENAME");
        }
        if (!known && pins.pin(Pin.SESSION_STATE, server)) {
            sent.pinned = Pin.SESSION_STATE;
        }
    }

    private static boolean renames(Statement statement) {
        return statement.is(Types.WRITE)
                && (statement.operation() == Operation.ALTER_TABLE
                        || statement.operation() == Operation.ALTER
                        || statement.operation() == Operation.UNDEFINED);
    }

    // -- on the way back

    /** A server says what the command changed. */
    void reported(Exchange exchange, List<SessionChange> changes) {
        exchange.sent().changed(changes);
    }

    /** A server says that the command changed something, but not what. */
    void reportedTooMuch(Exchange exchange) {
        exchange.sent().changed(List.of(new SessionChange(SessionChange.STATE_CHANGE, "", "1")));
    }

    /** The reply to a command has ended. */
    void ended(Link link, Exchange exchange) {
        if (awaited == exchange) {
            awaited = null;
        }
        if (!exchange.followed) {
            return;
        }
        Sent sent = exchange.sent();
        boolean last = machine.exchanges().size() <= 1;
        if (exchange.error == 0) {
            succeeded(sent, link);
        } else {
            failed(sent, exchange, last);
        }
        if (last && exchange.statusSeen) {
            confirmed(link, exchange.status);
        }
    }

    private void confirmed(Link link, int status) {
        String server = link.server().name();
        if (begunOn == null || begunOn.equals(server) || !transaction.open()) {
            transaction.confirmed(status);
            begunOn = transaction.open() ? server : null;
        }
    }

    private void succeeded(Sent sent, Link link) {
        Statement statement = sent.statement;
        if (sent.code == CommandType.RESET_CONNECTION) {
            reset();
            return;
        }
        if (statement.has(Flags.UNPINS)) {
            pins.unpin(statement.pin());
        }
        if (statement.operation() == Operation.DROP_TABLE && sent.structure != null) {
            temporary.dropped(sent.structure, sent.database);
        }
        String name = sent.named;
        if (name != null && statement.is(Types.DEALLOC_PREPARE)) {
            named.forget(name);
        }
        if (!machine.statements().changed(sent) || changedThereOnly(sent)) {
            pins.pin(Pin.SESSION_STATE, link.server().name());
        }
    }

    /** Whether the server that executed it differs from the others now in something that is not followed. */
    private static boolean changedThereOnly(Sent sent) {
        List<SessionChange> changes = sent.changes;
        if (changes == null || sent.toAll) {
            return false;
        }
        for (SessionChange change : changes) {
            boolean followed =
                    switch (change.type()) {
                        case SessionChange.SYSTEM_VARIABLE ->
                            change.name().equalsIgnoreCase("autocommit")
                                    || change.name().equalsIgnoreCase("last_gtid");
                        case SessionChange.STATE_CHANGE -> sent.statement.has(Flags.TEMPORARY);
                        case SessionChange.SCHEMA -> false;
                        default -> true;
                    };
            if (!followed) {
                return true;
            }
        }
        return false;
    }

    private void failed(Sent sent, Exchange exchange, boolean last) {
        if (sent.pinned != Pin.NONE) {
            pins.unpin(sent.pinned);
        }
        String name = sent.named;
        if (name != null && sent.statement.is(Types.PREPARE_NAMED_STMT)) {
            named.forget(name);
        }
        if (sent.statement.transactionEffect() == TransactionEffect.UNKNOWN && !exchange.statusSeen) {
            transaction.uncertain();
            begunOn = null;
        } else if (last) {
            transaction.restore(sent.transaction);
        }
    }

    /** A server connection is gone, with what only it had. Commands that wait for its reply get an error. */
    void lost(Link link) {
        String server = link.server().name();
        if (server.equals(begunOn)) {
            transaction.lost();
            begunOn = null;
        }
        if (server.equals(temporary.server())) {
            temporary.clear();
        }
        Exchange waiting = awaited;
        if (waiting != null && waiting.link == link) {
            awaited = null;
        }
        if (server.equals(pins.server())) {
            pins.moved(null);
        }
    }

    /** Whether the session cannot go on without that server: it has what no other can get. */
    boolean needs(Link link) {
        return link.server().name().equals(pins.server())
                && pins.reasons().stream().anyMatch(reason -> reason != Pin.SERIALIZABLE);
    }

    /** The session begins anew at its servers. */
    void reset() {
        transaction.clear();
        pins.clear();
        temporary.clear();
        named.clear();
        begunOn = null;
        awaited = null;
        machine.statements().reset();
    }
}
