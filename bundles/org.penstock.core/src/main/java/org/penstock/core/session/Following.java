package org.penstock.core.session;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.Transaction;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;
import org.penstock.core.session.state.NamedStatements;
import org.penstock.core.session.state.PinRules;
import org.penstock.core.session.state.Pins;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.core.session.state.TemporaryTables;
import org.penstock.core.session.state.TransactionState;
import org.penstock.wire.CommandType;
import org.penstock.wire.packet.SessionChange;

/**
 * Follows what the client's commands do to their session: what they say counts from when they are sent, so that the next one finds it, and the server's reply
 * mends it. Where only the reply can say it, or a session would be freer than it is if the command failed, the next command waits for that.
 *
 * <p>What one server alone has hangs on the connection to it, not on its name: a second connection to a server has nothing of the first.
 */
final class Following {
    private final SessionMachine machine;
    private final TransactionState transaction = new TransactionState();
    private final Pins pins = new Pins();
    private final TableFollowing tables;
    private final NamedStatements named = new NamedStatements();
    private final Set<Pin> asked = EnumSet.noneOf(Pin.class);
    private @Nullable Link begunOn;
    private @Nullable Exchange awaited;

    Following(SessionMachine machine) {
        this.machine = machine;
        this.tables = new TableFollowing(machine);
    }

    TransactionState transaction() {
        return transaction;
    }

    Pins pins() {
        return pins;
    }

    /** The server that the session stays with, or null. */
    @Nullable
    String pinnedTo() {
        return pins.holder() instanceof Link link ? link.server().name() : null;
    }

    /** Why the session stays with a server, and with which, in words. */
    String staysWith() {
        return pins.isEmpty() ? "none" : pins.reasons() + " on " + pinnedTo();
    }

    TemporaryTables temporary() {
        return tables.temporary();
    }

    NamedStatements named() {
        return named;
    }

    /** The transaction that the next command finds. One that has not begun is not read only where there are temporary tables: no replica has those. */
    Transaction found() {
        Transaction found = transaction.current();
        return found == Transaction.READ_ONLY && !transaction.open() && hasTables() ? Transaction.READ_WRITE : found;
    }

    /** The server that has the open transaction, or null. */
    @Nullable
    String transactionOn() {
        Link on = begunOn;
        return on == null || !transaction.open() ? null : on.server().name();
    }

    /** What a statement does to the transaction of this session, with what the session has. */
    TransactionEffect resolved(TransactionEffect effect) {
        TransactionEffect resolved = transaction.resolved(effect);
        return resolved == TransactionEffect.BEGIN_READ_ONLY && hasTables() ? TransactionEffect.BEGIN : resolved;
    }

    private boolean hasTables() {
        return !tables.temporary().isEmpty();
    }

    /** Whether the next command must wait for the reply of the last one to be decided. */
    boolean waits() {
        return awaited != null;
    }

    /** The router is asked about a command. */
    void routing() {
        asked.clear();
    }

    /** The router wants the session to stay where the command that it is routing goes. */
    void ask(Pin reason) {
        asked.add(reason);
    }

    /** The router has decided about a command: what it asked for is about this one. */
    void routed(Undecided command) {
        command.asked.addAll(asked);
        asked.clear();
    }

    /** Whether the session could go on as it is with other connections than those it has. */
    boolean movable() {
        boolean open = transaction.open() && (begunOn == null || !begunOn.leaving());
        // transactions are SERIALIZABLE at any server
        boolean held = pins.holder() != null || pins.only();
        return !held && !open && !transaction.nextIsSet() && tables.temporary().isEmpty();
    }

    // -- on the way to the server

    /** A command leaves for a server, or for all and that one answers. */
    void sent(Undecided command, Exchange exchange, Link link, boolean toAll) {
        if (!CommandType.hasReply(exchange.code)) {
            return;
        }
        Statement statement = machine.statements().of(command);
        Sent sent = exchange.sent();
        exchange.followed = true;
        sent.begin(exchange.code, statement, toAll);
        if (exchange.code == CommandType.STMT_PREPARE) {
            PreparedStatement prepared = exchange.statement;
            if (prepared != null) {
                prepared.kind(command.prepares, machine.state().database());
            }
            said(sent, link);
            return;
        }
        boolean loosens = loosens(statement);
        said(sent, link);
        pin(command, sent, link);
        if (!tables.sent(command, sent, link) && pins.pin(Pin.SESSION_STATE, link)) {
            sent.pinned = Pin.SESSION_STATE;
        }
        if (statement.is(Types.PREPARE_NAMED_STMT | Types.DEALLOC_PREPARE) && exchange.code == CommandType.QUERY) {
            machine.statements().name(command, sent, named);
        }
        if (statement.has(Flags.CHANGES_READING)) {
            sent.reading = machine.statements().reading(command);
        }
        if (loosens || sent.reading != null || statement.transactionEffect() == TransactionEffect.UNKNOWN) {
            awaited = exchange;
        }
    }

    /** Whether what comes next may go where it must not, or is read otherwise, should the statement fail. */
    private boolean loosens(Statement statement) {
        boolean access = statement.is(Types.READONLY | Types.READWRITE) && statement.is(Types.SESSION_WRITE);
        boolean autocommit =
                statement.transactionEffect() == TransactionEffect.AUTOCOMMIT_ON && !transaction.autocommit();
        return access
                || autocommit
                || statement.is(Types.PREPARE_NAMED_STMT | Types.DEALLOC_PREPARE)
                || statement.operation() == Operation.CHANGE_DB;
    }

    /** Takes what a command says of the transaction for done. */
    private void said(Sent sent, Link link) {
        sent.found(transaction.saved(), begunOn);
        if (sent.code == CommandType.STMT_PREPARE) {
            return;
        }
        TransactionEffect effect = sent.statement.transactionEffect();
        transaction.sent(effect, sent.statement);
        if (begins(effect)) {
            begunOn = link;
        }
    }

    private static boolean begins(TransactionEffect effect) {
        return switch (effect) {
            case BEGIN, BEGIN_READ_ONLY, BEGIN_READ_WRITE, END_AND_BEGIN -> true;
            case NONE, END, AUTOCOMMIT_OFF, AUTOCOMMIT_ON, UNKNOWN -> false;
        };
    }

    private void pin(Undecided command, Sent sent, Link link) {
        if (!command.asked.isEmpty()) {
            command.asked.forEach(reason -> pins.pin(reason, link));
        }
        Pin own = PinRules.of(sent.statement, sent.toAll);
        if (pins.pin(own, link) || own == Pin.HANDLER) {
            sent.pinned = own;
        }
        if (pins.holder() == null && !pins.isEmpty() && !sent.toAll) {
            pins.moved(link);
        }
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
        if (exchange.error == 0) {
            succeeded(sent, link);
        } else {
            failed(sent, exchange, link);
        }
        boolean freed = sent.pinned != Pin.NONE || sent.statement.has(Flags.UNPINS) || sent.names != null;
        if (freed && machine.exchanges().size() > 1) {
            keepAgain(exchange);
        }
        if (machine.exchanges().size() <= 1 && exchange.statusSeen) {
            confirmed(link, exchange.status);
        }
    }

    /** What ended one reason, or a temporary table, may have been followed by what begins it anew. */
    private void keepAgain(Exchange ended) {
        for (Exchange later : machine.exchanges().inFlight()) {
            Link at = later.link;
            if (later == ended || !later.followed || at == null) {
                continue;
            }
            Sent next = later.sent();
            Pin own = PinRules.of(next.statement, next.toAll);
            if (!pins.reasons().contains(own) && pins.pin(own, at)) {
                next.pinned = own;
            }
            tables.again(next, at);
        }
    }

    private void confirmed(Link link, int status) {
        if (begunOn == null || begunOn == link || !transaction.open()) {
            transaction.confirmed(status);
            begunOn = transaction.open() ? link : null;
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
        transaction.succeeded(statement);
        tables.succeeded(sent);
        String name = sent.named;
        if (name != null && statement.is(Types.DEALLOC_PREPARE)) {
            named.forget(name);
        }
        takeOver(sent, link, false);
    }

    /** What the command changed counts from now, and keeps the session there where other servers do not have it. */
    private void takeOver(Sent sent, Link link, boolean thereOnly) {
        boolean followed = machine.statements().changed(sent);
        if (thereOnly || !followed || PinRules.changedThereOnly(sent.statement, sent.toAll, sent.changes)) {
            pins.pin(Pin.SESSION_STATE, link);
        }
    }

    private void failed(Sent sent, Exchange exchange, Link link) {
        if (PinRules.partly(sent.statement, exchange.statusSeen || sent.changes != null)) {
            forgetName(sent);
            takeOver(sent, link, exchange.uses || sent.schema() != null);
        } else {
            undo(sent);
        }
        if (sent.statement.transactionEffect() == TransactionEffect.UNKNOWN && !exchange.statusSeen) {
            transaction.uncertain();
            begunOn = null;
            return;
        }
        restore(sent);
        for (Exchange later : machine.exchanges().inFlight()) {
            Link at = later.link;
            if (later != exchange && later.followed && at != null) {
                said(later.sent(), at);
            }
        }
    }

    /** What a command that failed had been taken to do, besides the transaction. */
    private void undo(Sent sent) {
        if (sent.pinned != Pin.NONE) {
            pins.unpin(sent.pinned);
        }
        tables.failed(sent);
        forgetName(sent);
    }

    /** It is not known what is prepared by the name. */
    private void forgetName(Sent sent) {
        String name = sent.named;
        if (name != null && sent.statement.is(Types.PREPARE_NAMED_STMT)) {
            named.forget(name);
        }
    }

    /** The transaction is as the command found it. */
    private void restore(Sent sent) {
        transaction.restore(sent.transaction);
        begunOn = sent.begunOn;
        if (begunOn != null && begunOn.state() == Link.State.CLOSED) {
            transactionLost();
        }
    }

    private void transactionLost() {
        transaction.lost();
        begunOn = null;
    }

    /** A server connection is gone, with what only it had. Commands that wait for its reply get an error, or are sent anew: nothing of them is done. */
    void lost(Link link) {
        takeBack(link);
        if (begunOn == link) {
            transactionLost();
        }
        tables.lost(link);
        Exchange waiting = awaited;
        if (waiting != null && waiting.link == link) {
            awaited = null;
        }
        if (pins.holder() == link) {
            pins.lost();
        }
    }

    private void takeBack(Link link) {
        boolean oldest = true;
        for (Exchange exchange : machine.exchanges().inFlight()) {
            if (exchange.link != link || !exchange.followed) {
                continue;
            }
            Sent sent = exchange.sent();
            if (oldest) {
                restore(sent);
                oldest = false;
            }
            undo(sent);
            exchange.followed = false;
        }
    }

    /** Whether the session cannot go on without that connection: it has what no other can get. */
    boolean needs(Link link) {
        return !link.leaving() && pins.holder() == link && pins.only();
    }

    /** The session begins anew at its servers. */
    void reset() {
        transaction.clear();
        pins.clear();
        tables.temporary().clear();
        named.clear();
        begunOn = null;
        awaited = null;
        machine.statements().reset();
    }
}
