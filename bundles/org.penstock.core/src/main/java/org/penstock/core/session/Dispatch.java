package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.error.SqlError;
import org.penstock.wire.CommandType;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.PacketWriter;

/**
 * The last step of a decision: sends the command once it is its turn and its server is connected, or puts its local answer into the queue.
 *
 * <pre>
 *   to a server:  turn? -- connected? -- (for all servers: here as a whole?) -- sent
 * </pre>
 */
final class Dispatch {
    private final SessionMachine machine;
    private final Undecided command;
    private @Nullable Link target;
    private boolean toAll;
    private boolean wantsWhole;
    private @Nullable SqlError gone;

    Dispatch(SessionMachine machine, Undecided command) {
        this.machine = machine;
        this.command = command;
    }

    void clear() {
        target = null;
        toAll = false;
        wantsWhole = false;
        gone = null;
    }

    void to(Link link, boolean all) {
        target = link;
        toAll = all;
    }

    boolean waitsFor(Link link) {
        return target == link;
    }

    /** Whether the command waits until all of it is here. */
    boolean wantsWhole() {
        return wantsWhole;
    }

    void whole() {
        wantsWhole = false;
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
        SqlError lost = gone;
        if (lost != null) {
            local(Answer.error(lost), machine.chain().size());
            return true;
        }
        Link link = target;
        if (link == null) {
            return changeUser();
        }
        if (!machine.exchanges().admits(link) || !ready(link)) {
            return false;
        }
        if (toAll && !command.whole()) {
            wantWhole();
            return false;
        }
        send(link);
        return true;
    }

    private boolean ready(Link link) {
        return toAll ? machine.links().allTakeCommands() : link.takesCommands();
    }

    private void wantWhole() {
        if (command.continued()) {
            throw ModuleFailure.of(
                    machine.chain().router().label(),
                    new IllegalStateException("a command of 16 MiB or more cannot go to all servers"));
        }
        wantsWhole = true;
    }

    private void send(Link link) {
        Exchange sent = command.exchange();
        boolean replies = CommandType.hasReply(sent.code);
        if (!replies) {
            sent.interests = null;
        }
        if (toAll) {
            machine.commands().flushRun();
            others(link, sent, command.payload(), replies);
        }
        if (replies) {
            machine.exchanges().addRemote(sent, link);
            machine.replies().await(link, sent);
        }
        if (sent.code == Command.COM_QUERY || sent.code == CommandType.INIT_DB) {
            sent.database = command.database(machine.charset());
        }
        if (sent.code == Command.COM_QUERY || sent.code == CommandType.STMT_PREPARE) {
            sent.changesAccounts = command.changesAccounts();
        }
        byte[] replaced = command.replacement();
        boolean late = !command.arrived();
        machine.decision().done();
        if (replaced == null) {
            machine.commands().forward(link, sent);
        } else {
            replace(link, sent, replaced, late);
        }
        if (!replies) {
            machine.commands().releaseWhenRead(sent);
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

    /** Sends a copy to every server but the one that answers. */
    private void others(Link answering, Exchange exchange, byte[] payload, boolean replies) {
        for (Link link : machine.links().all()) {
            if (link == answering) {
                continue;
            }
            if (replies) {
                Exchange silent = machine.exchanges().acquire(exchange.number, exchange.code);
                silent.owner = Exchange.Owner.NOBODY;
                link.silent += silent.code == CommandType.QUERY ? 1 : 0;
                machine.replies().await(link, silent);
            }
            machine.port().toServer(link, new ArrayBytes(PacketWriter.frame(0, payload)));
        }
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
        int statement = local.code == CommandType.STMT_SEND_LONG_DATA ? command.statementId() : 0;
        machine.decision().done();
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
                machine.decision().refusedData().refused(statement, failure);
            }
        }
    }

    private boolean changeUser() {
        if (!machine.exchanges().isEmpty() || !machine.links().allIdle()) {
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
        machine.decision().done();
        machine.commands().discard(changed);
        machine.exchanges().release(changed);
        machine.account().change(payload);
        return true;
    }
}
