package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.RouterSession;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.reply.ReplyEvent;

/** How a session ends, and what its client is told. */
final class Farewell {
    private final SessionMachine machine;
    private boolean ending;
    private @Nullable SqlError last;
    private @Nullable Link noted;
    private @Nullable SqlError note;

    Farewell(SessionMachine machine) {
        this.machine = machine;
    }

    /** Ends behind the replies in flight; without an error when the client asked for it. */
    void end(@Nullable SqlError error) {
        if (ending) {
            return;
        }
        ending = true;
        last = error;
        if (machine.phase() == SessionMachine.Phase.RUNNING) {
            machine.phase(SessionMachine.Phase.ENDING);
        }
        machine.settle();
    }

    /** Whether the last word may be said now. */
    boolean due() {
        return switch (machine.phase()) {
            case CLOSED, RUNNING -> false;
            case OPENING -> ending;
            case ENDING -> machine.exchanges().isEmpty() && !machine.decision().deciding();
        };
    }

    /** Says the last word once every reply in flight has ended. */
    void settle() {
        if (!due()) {
            return;
        }
        SqlError error = last;
        if (error != null && machine.phase() == SessionMachine.Phase.OPENING) {
            machine.port().refused(error);
        } else if (error != null) {
            say(1, error);
        }
        machine.close();
    }

    /** Ends at once: the command in flight or undecided gets the error, where the stream stands between two packets. */
    void abort(SqlError error) {
        switch (machine.phase()) {
            case CLOSED -> {
                return;
            }
            case OPENING -> machine.port().refused(error);
            case RUNNING, ENDING -> tell(error);
        }
        machine.close();
    }

    private void tell(SqlError error) {
        Exchange waiting = machine.exchanges().unanswered();
        int sequence = waiting == null ? 1 : nextSequence(waiting);
        if (sequence >= 0 && !machine.commands().readingFile()) {
            say(sequence, error);
        }
    }

    private void say(int sequence, SqlError error) {
        if (machine.account().changing()) {
            machine.port().cutChange(error);
            return;
        }
        machine.replies().flushRun();
        machine.port().toClient(new ArrayBytes(PacketWriter.frame(sequence, AnswerEncoder.error(error))));
    }

    /** The number that the client expects of the next packet of a reply, or -1 where it has got a part of a packet or payload. */
    static int nextSequence(Exchange exchange) {
        if (exchange.insidePayload) {
            return -1;
        }
        Link link = exchange.link;
        if (link == null || exchange.renumber || exchange.inspected) {
            return exchange.nextSequence;
        }
        if (link.expected().peek() != exchange || link.lastSequence < 0) {
            return exchange.replySequence;
        }
        return link.skip > 0 || link.continued ? -1 : link.lastSequence + 1 & 0xFF;
    }

    void note(Link link, ReplyEvent event, Bytes bytes, int from, int count) {
        if (event != ReplyEvent.ERR) {
            return;
        }
        byte[] payload = new byte[count];
        bytes.copy(from, payload, 0, count);
        noted = link;
        note = SqlErrors.of(ErrPacket.decode(payload));
    }

    /** A server connection is gone: its commands fail, and the router says whether the session goes on. */
    void serverLost(Link link, SqlError why) {
        SqlError said = noted == link ? note : null;
        SqlError reason = said == null ? why : said;
        Following following = machine.keeping().following();
        boolean needed = following != null && following.needs(link);
        machine.links().remove(link);
        machine.commands().lost(link);
        Exchange waiting = machine.exchanges().unanswered();
        boolean cut = waiting != null && waiting.link == link && nextSequence(waiting) < 0;
        // the router decides by what the session had there
        OnLoss decision = needed ? OnLoss.CLOSE : decision(link, reason);
        machine.keeping().lost(link);
        boolean goesOn = decision.goesOn();
        SqlError instead = decision.error();
        if (instead != null) {
            reason = instead;
        }
        if (link.killed() && said == null && machine.phase() != SessionMachine.Phase.OPENING) {
            // nobody hears more of a killed connection than the server says
            machine.close();
            return;
        }
        if (cut || !goesOn) {
            abort(reason);
            return;
        }
        machine.exchanges().lost(link, reason);
        machine.keeping().retry().lost(link, reason);
        machine.decision().lost(link, reason);
        machine.opening().serverReady();
        machine.settle();
    }

    private OnLoss decision(Link link, SqlError reason) {
        if (link.leaving()) {
            return OnLoss.GO_ON;
        }
        boolean asks =
                switch (machine.phase()) {
                    case OPENING -> machine.opening().asksRouter(reason);
                    case RUNNING -> true;
                    case ENDING, CLOSED -> false;
                };
        if (!asks || link.killed() || machine.chain().missing() != null) {
            return OnLoss.CLOSE;
        }
        return onLoss(
                link, machine.exchanges().stuckOn(link) || machine.decision().stuckOn(link));
    }

    private OnLoss onLoss(Link link, boolean waiting) {
        ChainSlot<?, RouterSession> router = machine.chain().router();
        return ModuleFailure.guard(router.label(), () -> router.serving().onConnectionLost(link.server(), waiting));
    }
}
