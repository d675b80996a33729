package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.RouterSession;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.reply.ReplyEvent;

/** How a session ends, and what its client is told. */
final class Farewell {
    private final SessionMachine machine;
    private @Nullable SqlError last;
    private @Nullable Link noted;
    private @Nullable SqlError note;

    Farewell(SessionMachine machine) {
        this.machine = machine;
    }

    /** Ends behind the replies in flight. */
    void end(SqlError error) {
        if (machine.phase() == SessionMachine.Phase.OPENING) {
            abort(error);
        } else if (machine.phase() == SessionMachine.Phase.RUNNING) {
            last = error;
            machine.phase(SessionMachine.Phase.ENDING);
            settle();
        }
    }

    /** Says the last word once every reply in flight has ended. */
    void settle() {
        SqlError error = last;
        if (machine.phase() == SessionMachine.Phase.ENDING
                && error != null
                && machine.exchanges().isEmpty()) {
            last = null;
            say(1, error);
            machine.close();
        }
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
        Exchange head = machine.exchanges().head();
        if (head == null) {
            say(1, error);
        } else if (betweenPackets(head)) {
            say(nextSequence(head), error);
        }
    }

    private void say(int sequence, SqlError error) {
        machine.port().toClient(new ArrayBytes(PacketWriter.frame(sequence, AnswerEncoder.error(error))));
    }

    private static boolean betweenPackets(Exchange head) {
        Link link = head.link;
        return link == null || head.renumber || (link.skip == 0 && !link.continued);
    }

    private static int nextSequence(Exchange head) {
        Link link = head.link;
        if (link == null || head.renumber) {
            return head.nextSequence;
        }
        return link.lastSequence < 0 ? head.replySequence : link.lastSequence + 1 & 0xFF;
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
        SqlError reason = noted == link && note != null ? note : why;
        machine.links().remove(link);
        if (machine.phase() == SessionMachine.Phase.OPENING) {
            abort(reason);
            return;
        }
        if (machine.questions().waitsOn(link)) {
            machine.questions().lost(link, reason);
        }
        boolean goesOn = machine.phase() == SessionMachine.Phase.RUNNING
                && machine.chain().missing() == null
                && onLoss(link) == RouterSession.OnLoss.GO_ON;
        Exchange head = machine.exchanges().head();
        if (!goesOn || (head != null && head.link == link && !betweenPackets(head))) {
            abort(reason);
            return;
        }
        while (head != null && head.link == link) {
            say(nextSequence(head), reason);
            link.lastSequence = -1;
            machine.exchanges().ended(head);
            head = machine.exchanges().head();
        }
        machine.settle();
    }

    private RouterSession.OnLoss onLoss(Link link) {
        ChainSlot<?, RouterSession> router = machine.chain().router();
        return ModuleFailure.guard(router.label(), () -> router.serving().onConnectionLost(link.server()));
    }
}
