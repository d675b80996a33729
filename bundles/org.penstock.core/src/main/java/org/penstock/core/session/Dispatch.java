package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.state.CommandClasses;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.wire.CommandType;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.PacketWriter;

/**
 * The last step of a decision: sends the command once it is its turn and its server is connected, or puts its local answer into the queue.
 *
 * <pre>
 *   to a server:  turn? -- connected? -- statement known there? -- (where a copy is needed: here as a whole?) -- sent
 * </pre>
 */
final class Dispatch {
    private static final SqlError TOO_LONG = new SqlError(
            ErrorCodes.NET_PACKET_TOO_LARGE,
            "08S01",
            "Got a packet bigger than a command for all servers, or with parameter types left out, may have (16 MiB)");

    private final SessionMachine machine;
    private final Decision decision;
    private final Undecided command;
    private @Nullable Link target;
    private @Nullable PreparedStatement statement;
    private boolean toAll;
    private boolean again;
    private boolean wantsWhole;
    private @Nullable SqlError gone;

    Dispatch(SessionMachine machine, Decision decision, Undecided command) {
        this.machine = machine;
        this.decision = decision;
        this.command = command;
    }

    void clear() {
        target = null;
        statement = null;
        toAll = false;
        again = false;
        wantsWhole = false;
        gone = null;
    }

    /**
     * The command is for a server, or for all and that one answers; one whose statement is bound to a server goes there.
     *
     * @param retries whether it may be routed anew when it is lost
     */
    void to(String server, boolean all, boolean retries) {
        StatementIds ids = machine.keeping().ids();
        PreparedStatement about = ids.of(command);
        SqlError refusal = ids.refusal(command, about, all);
        Link bound = StatementIds.boundTo(about);
        statement = about;
        toAll = all || everywhere();
        again = retries && bound == null && CommandType.hasReply(command.exchange().code);
        gone = refusal;
        if (refusal == null && toAll && command.continued() && command.replacement() == null) {
            gone = TOO_LONG;
        }
        if (gone == null) {
            target = bound == null ? machine.links().to(server) : bound;
        }
    }

    /** Whether the command resets the session at its servers, and so at all of them. */
    private boolean everywhere() {
        return command.exchange().code == CommandType.RESET_CONNECTION
                && machine.keeping().services().statements();
    }

    /** Whether a command that has not been sent may be routed anew. */
    boolean elsewhere() {
        Exchange exchange = command.exchange();
        return gone == null
                && exchange.victim == 0
                && StatementIds.boundTo(statement) == null
                && exchange.attempts < Retry.MAX_ATTEMPTS;
    }

    boolean waitsFor(Link link) {
        return target == link;
    }

    /** Whether the command waits until all of it is here. */
    boolean wantsWhole() {
        return wantsWhole;
    }

    /** All of the command is here; whether its server still is. */
    boolean whole() {
        wantsWhole = false;
        return target == null || target.state() != Link.State.CLOSED || gone != null;
    }

    /** The server is gone: the command is answered with the error, once it is at hand. */
    void lost(SqlError why) {
        gone = why;
        go();
    }

    /** Sends the command, or authenticates anew, when it may be done now; true when it was. */
    boolean go() {
        if (wantsWhole) {
            return false;
        }
        Link link = target;
        SqlError lost = gone;
        if (lost == null && link != null) {
            lost = refused(link);
        }
        if (lost != null) {
            local(Answer.error(lost), machine.chain().size());
            return true;
        }
        if (link == null) {
            return changeUser();
        }
        if (!admitted(link) || !ready(link)) {
            return false;
        }
        boolean inserts = inserts(link);
        if (!command.whole() && (toAll || inserts || keeps() || prepares())) {
            if (!command.continued()) {
                wantsWhole = true;
                return false;
            }
            if (inserts) {
                local(Answer.error(TOO_LONG), machine.chain().size());
                return true;
            }
        }
        send(link, inserts);
        return true;
    }

    /** The error for a statement that was refused meanwhile, or that one of the servers can never have; null when there is none. */
    private @Nullable SqlError refused(Link link) {
        StatementIds ids = machine.keeping().ids();
        SqlError refusal = ids.refusal(command, statement, link);
        if (toAll && refusal == null) {
            for (Link other : machine.links().all()) {
                refusal = refusal == null && other.ready() ? ids.refusal(command, statement, other) : refusal;
            }
        }
        return refusal;
    }

    private boolean admitted(Link link) {
        Exchanges exchanges = machine.exchanges();
        return command.exchange().again ? exchanges.admitsAgain(link) : exchanges.admits(link);
    }

    private boolean ready(Link link) {
        if (!(toAll ? machine.links().allTakeCommands() && link.ready() : link.takesCommands())) {
            return false;
        }
        PreparedStatement about = statement;
        if (about == null) {
            return true;
        }
        Preparations ids = machine.keeping().ids().preparations();
        boolean ready = ids.ready(command, about, link);
        if (toAll) {
            for (Link other : machine.links().all()) {
                ready &= !other.ready() || other.leaving() || ids.ready(command, about, other);
            }
        }
        return ready;
    }

    private boolean prepares() {
        return command.exchange().code == CommandType.STMT_PREPARE
                && machine.keeping().ids().active();
    }

    private boolean inserts(Link link) {
        PreparedStatement about = statement;
        return about != null && ExecutionTypes.missing(command, about, link);
    }

    /** Whether a copy of the command is kept until its reply begins. */
    private boolean keeps() {
        return again && command.length() <= Retry.MAX_KEPT;
    }

    private void send(Link link, boolean inserts) {
        Exchange sent = command.exchange();
        boolean replies = CommandType.hasReply(sent.code);
        if (!replies) {
            sent.interests = null;
        }
        if (keeps()) {
            sent.keep(command.bytes(), command.at(), command.atHand());
            sent.hints = command.hints();
        }
        boolean resent = sent.again;
        byte[] instead = payload(sent, link, inserts);
        if (replies) {
            machine.exchanges().addRemote(sent, link);
            machine.replies().await(link, sent);
        }
        note(sent, link);
        boolean late = !command.arrived();
        decision.done();
        if (instead == null) {
            machine.commands().forward(link, sent);
        } else if (resent) {
            machine.commands().flushRun();
            machine.port().toServer(link, new ArrayBytes(PacketWriter.frame(0, instead)));
        } else {
            replace(link, sent, instead, late);
        }
        if (!replies) {
            machine.commands().releaseWhenRead(sent);
        }
    }

    /** What goes to the server in place of the client's bytes; null where those leave as they are, but for a statement's id. */
    private byte @Nullable [] payload(Exchange sent, Link link, boolean inserts) {
        StatementIds ids = machine.keeping().ids();
        boolean made = sent.again || inserts || command.replacement() != null;
        byte[] payload = made || toAll || prepares() ? command.payload() : null;
        PreparedStatement about = statement;
        if (payload != null && prepares()) {
            about = ids.prepare(sent, command.whole() ? payload : new byte[0], link);
        } else if (about != null) {
            ids.leave(command, about, link, toAll);
        }
        if (payload != null && toAll) {
            machine.commands().flushRun();
            machine.keeping().fanOut().send(link, sent, payload, about);
        }
        if (payload == null || !made) {
            return null;
        }
        byte[] translated = about == null || prepares() ? payload : ExecutionTypes.translated(payload, about, link);
        sent.renumber |= PacketWriter.packets(translated.length) != 1;
        return translated;
    }

    private void note(Exchange sent, Link link) {
        if (sent.code == Command.COM_QUERY || sent.code == CommandType.STMT_PREPARE) {
            sent.changesAccounts = command.changesAccounts();
        }
        Following following = machine.keeping().following();
        if (following != null) {
            following.sent(command, sent, link, toAll);
        }
        machine.keeping().database().sent(command, sent);
        if (CommandClasses.hasOutcome(sent.code)) {
            machine.links().previous(link);
        }
        if (machine.keeping().replies()) {
            sent.sentNanos = machine.port().nanoTime();
        }
    }

    /** A replacement leaves behind the last byte of what it replaces, so that its reply cannot come before. */
    private void replace(Link link, Exchange sent, byte[] replaced, boolean late) {
        byte[] framed = PacketWriter.frame(0, replaced);
        if (late) {
            sent.late = framed;
            sent.lateLink = link;
        } else {
            machine.commands().flushRun();
            machine.port().toServer(link, new ArrayBytes(framed));
        }
        machine.commands().discard(sent);
    }

    /** Puts an answer of the slot {@code decided} into the queue. */
    void local(Answer answer, int decided) {
        Exchange local = command.exchange();
        local.local = answer;
        local.answeredBy = decided;
        answerLocally();
    }

    void answerLocally() {
        Exchange local = command.exchange();
        int about = local.code == CommandType.STMT_SEND_LONG_DATA ? command.statementId() : 0;
        decision.done();
        if (local.again) {
            machine.exchanges().addLocal(local);
            return;
        }
        if (CommandType.hasReply(local.code)) {
            machine.exchanges().addLocal(local);
            machine.commands().discard(local);
            return;
        }
        machine.commands().discard(local);
        if (local.code == CommandType.QUIT) {
            machine.quit();
        } else if (local.local instanceof Answer.Failure failure) {
            if (local.closes) {
                machine.end(failure.error());
            } else if (local.code == CommandType.STMT_SEND_LONG_DATA) {
                machine.decision().refusedData().refused(about, failure);
            }
        }
    }

    private boolean changeUser() {
        if (!machine.exchanges().isEmpty()
                || !machine.links().allIdle()
                || !machine.links().allReady()) {
            return false;
        }
        if (!command.whole()) {
            machine.end(new SqlError(
                    ErrorCodes.NET_PACKET_TOO_LARGE,
                    "08S01",
                    "Got a COM_CHANGE_USER bigger than " + AccountChange.MAX_PAYLOAD + " bytes"));
            return false;
        }
        byte[] payload = command.payload();
        Exchange changed = command.exchange();
        // commands without a reply that came right before it must not reach the server in the middle of its login
        machine.commands().flushRun();
        decision.done();
        machine.commands().discard(changed);
        machine.exchanges().release(changed);
        machine.account().change(payload);
        return true;
    }
}
