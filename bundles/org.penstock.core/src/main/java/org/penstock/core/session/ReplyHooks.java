package org.penstock.core.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.filter.FilterSession;
import org.penstock.wire.ByteSource;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.reply.ReplyEvent;
import org.penstock.wire.reply.ReplyTracker;

/** Shows replies to the filters that asked for them, from the last slot to the first, and carries out their verdicts. */
final class ReplyHooks {
    private final SessionMachine machine;
    private final ReplyPath path;
    private final PartView part = new PartView();
    private @Nullable PayloadView stream;

    ReplyHooks(SessionMachine machine, ReplyPath path) {
        this.machine = machine;
        this.path = path;
    }

    /** A packet of a reply that at least one filter wants to see, or that must be numbered anew. */
    void packet(Exchange exchange, ReplyEvent event, Bytes bytes, int pos, int length) {
        exchange.rows += event == ReplyEvent.ROW ? 1 : 0;
        exchange.bytes += CommandPath.HEADER + length;
        if (!exchange.renumber) {
            exchange.nextSequence = bytes.unsignedAt(pos + 3);
        }
        offer(exchange, machine.chain().size() - 1, kind(event), bytes, pos, length);
    }

    /** Hands a packet, whose header lies at {@code pos}, to the slots from {@code slot} down, then to the client. */
    private void offer(Exchange exchange, int slot, ReplyPart.Kind kind, Bytes bytes, int pos, int length) {
        ReplyInterest[] interests = exchange.interests;
        for (int i = slot; i >= 0 && interests != null; i--) {
            ReplyInterest interest = interests[i];
            boolean collects = interest.kind() == ReplyInterest.Kind.COLLECT;
            if (wants(interest, kind)) {
                PartVerdict verdict = show(exchange, i, kind, bytes, pos, length);
                if (!(verdict instanceof PartVerdict.Pass)) {
                    carryOut(exchange, i, kind, verdict);
                    return;
                }
            }
            if (collects && !exchange.muted) {
                collect(exchange, i, interest, kind, bytes, pos, length);
                return;
            }
        }
        if (!exchange.muted) {
            forward(exchange, bytes, pos, length);
        }
    }

    private static boolean wants(ReplyInterest interest, ReplyPart.Kind kind) {
        return switch (interest.kind()) {
            case NONE, END -> false;
            case METADATA, COLLECT -> kind != ReplyPart.Kind.ROW && kind != ReplyPart.Kind.OTHER;
            case ROWS -> true;
        };
    }

    private PartVerdict show(
            Exchange exchange, int slot, ReplyPart.Kind kind, @Nullable Bytes bytes, int pos, int length) {
        ChainSlot<?, FilterSession> target = machine.chain().filter(slot);
        part.show(exchange, kind, bytes, pos + CommandPath.HEADER, length);
        try {
            return ModuleFailure.guard(target.label(), () -> target.serving().onReply(part));
        } finally {
            part.clear();
        }
    }

    private void carryOut(Exchange exchange, int slot, ReplyPart.Kind kind, PartVerdict verdict) {
        renumber(exchange);
        if (verdict instanceof PartVerdict.Replace replace) {
            byte[] framed = PacketWriter.frame(0, replace.payload());
            offer(exchange, slot - 1, kind, new ArrayBytes(framed), 0, replace.payload().length);
        } else if (verdict instanceof PartVerdict.Fail fail) {
            instead(exchange, slot, Answer.error(fail.error()));
        } else if (verdict instanceof PartVerdict.Instead instead) {
            instead(exchange, slot, instead.answer());
        } else if (kind != ReplyPart.Kind.ROW) {
            throw ModuleFailure.of(
                    machine.chain().filter(slot).label(),
                    new IllegalStateException("only rows can be dropped, not " + kind));
        }
    }

    /** Puts another answer in place of the rest of a reply, whose own packets are read and dropped. */
    private void instead(Exchange exchange, int slot, Answer answer) {
        Collected kept = exchange.collected;
        if (kept != null) {
            exchange.collected = null;
            kept.release();
        }
        answer(exchange, slot - 1, answer);
        exchange.muted = true;
    }

    private void renumber(Exchange exchange) {
        if (!exchange.renumber) {
            path.flushRun();
            exchange.renumber = true;
        }
    }

    private void forward(Exchange exchange, Bytes bytes, int pos, int length) {
        if (!exchange.renumber) {
            path.run(pos, pos + CommandPath.HEADER + length);
            return;
        }
        path.flushRun();
        byte[] framed = new byte[CommandPath.HEADER + length];
        bytes.copy(pos, framed, 0, framed.length);
        framed[3] = (byte) exchange.nextSequence++;
        machine.port().toClient(new ArrayBytes(framed));
    }

    // -- collecting
    // ----------------------------------------------------------------------------------------------------

    private void collect(
            Exchange exchange,
            int slot,
            ReplyInterest interest,
            ReplyPart.Kind kind,
            Bytes bytes,
            int pos,
            int length) {
        Collected kept = exchange.collected;
        if (kept == null) {
            renumber(exchange);
            kept = new Collected(slot, machine.budget());
            exchange.collected = kept;
        }
        boolean fits = kept.add(kind, bytes, pos, CommandPath.HEADER + length);
        if (!fits || kept.bytes() > interest.maxBytes() || kept.rows() > interest.maxRows()) {
            PartVerdict verdict = show(exchange, slot, ReplyPart.Kind.OVERFLOW, null, 0, 0);
            settle(exchange, slot, verdict);
        }
    }

    /** Carries out the verdict about what was collected. */
    private void settle(Exchange exchange, int slot, PartVerdict verdict) {
        ReplyInterest[] interests = exchange.interests;
        if (interests != null) {
            interests[slot] = ReplyInterest.END;
        }
        if (!(verdict instanceof PartVerdict.Pass)) {
            carryOut(exchange, slot, ReplyPart.Kind.COLLECTED, verdict);
            return;
        }
        Collected kept = exchange.collected;
        if (kept != null) {
            exchange.collected = null;
            kept.forEach((kind, bytes, pos, length) -> offer(exchange, slot - 1, kind, bytes, pos, length));
            kept.release();
        }
    }

    /** The reply has passed: decides about what was collected, then tells the totals. */
    void ended(Exchange exchange) {
        Collected kept = exchange.collected;
        while (kept != null && !exchange.muted) {
            PartVerdict verdict = show(exchange, kept.slot(), ReplyPart.Kind.COLLECTED, null, 0, 0);
            settle(exchange, kept.slot(), verdict);
            kept = exchange.collected;
        }
        ReplyInterest[] interests = exchange.interests;
        if (interests == null) {
            return;
        }
        for (int i = interests.length - 1; i >= 0; i--) {
            if (interests[i].kind() != ReplyInterest.Kind.NONE) {
                show(exchange, i, ReplyPart.Kind.END, null, 0, 0);
            }
        }
    }

    // -- answers of modules
    // --------------------------------------------------------------------------------------------

    /** Gives a local answer to the client, past the slots from {@code slot} down. */
    void answer(Exchange exchange, int slot, Answer answer) {
        List<byte[]> payloads = AnswerEncoder.encode(answer, machine.state());
        path.flushRun();
        if (!exchange.renumber) {
            exchange.renumber = true;
            exchange.nextSequence = exchange.replySequence;
        }
        boolean watched = exchange.interests != null;
        ReplyTracker tracker = new ReplyTracker();
        if (watched) {
            tracker.begin(exchange.code, machine.state().capabilities());
        }
        for (byte[] payload : payloads) {
            ReplyPart.Kind kind = ReplyPart.Kind.OTHER;
            if (watched && !tracker.ended()) {
                kind = kind(tracker.take(ByteSource.of(payload), false));
                exchange.error = tracker.errorCode();
                exchange.rows = tracker.rows();
            }
            for (int sent = 0, left = payload.length; left >= 0; left -= CommandPath.CONTINUED) {
                int count = Math.min(left, CommandPath.CONTINUED);
                byte[] framed = new byte[CommandPath.HEADER + count];
                framed[0] = (byte) count;
                framed[1] = (byte) (count >>> 8);
                framed[2] = (byte) (count >>> 16);
                System.arraycopy(payload, sent, framed, CommandPath.HEADER, count);
                sent += count;
                offer(exchange, slot, kind, new ArrayBytes(framed), 0, count);
                kind = ReplyPart.Kind.OTHER;
            }
        }
    }

    /** Shows a further part of a command, or of a local file, to the filters that asked for a stream. */
    void showPart(Bytes bytes, int start, int count, boolean last) {
        PayloadView view = stream;
        if (view == null) {
            view = new PayloadView();
            stream = view;
        }
        for (int i = 0; i < machine.chain().size(); i++) {
            ChainSlot<?, FilterSession> slot = machine.chain().filter(i);
            if (slot.interest().kind() == CommandInterest.Kind.STREAM) {
                PayloadView shown = view;
                shown.show(bytes, start, count);
                ModuleFailure.run(slot.label(), () -> slot.serving().onCommandPart(shown, last));
                shown.clear();
            }
        }
    }

    private static ReplyPart.Kind kind(ReplyEvent event) {
        return switch (event) {
            case OK -> ReplyPart.Kind.OK;
            case ERR -> ReplyPart.Kind.ERROR;
            case COLUMN_COUNT, PREPARE_OK -> ReplyPart.Kind.HEADER;
            case COLUMN -> ReplyPart.Kind.COLUMN;
            case COLUMNS_END -> ReplyPart.Kind.COLUMNS_END;
            case ROW -> ReplyPart.Kind.ROW;
            case ROWS_END -> ReplyPart.Kind.ROWS_END;
            case LOCAL_INFILE -> ReplyPart.Kind.LOCAL_INFILE;
            case NONE, PROGRESS, STATISTICS, AUTH_SWITCH, AUTH_MORE, BINLOG_EVENT, CONTINUATION -> ReplyPart.Kind.OTHER;
        };
    }
}
