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
import org.penstock.wire.CodecException;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.reply.ReplyEvent;
import org.penstock.wire.reply.ReplyTracker;

/** Shows replies to the filters that asked for them, from the last slot to the first, and carries out their verdicts. */
final class ReplyHooks {
    private final SessionMachine machine;
    private final ReplyPath path;
    private final PartView part = new PartView();
    private @Nullable PayloadView stream;

    /** Whether the packet that is offered goes on with the payload of the one before. */
    private boolean continuation;

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
        continuation = event == ReplyEvent.CONTINUATION;
        offer(exchange, machine.chain().size() - 1, kind(event), bytes, pos, length);
    }

    /** Hands a packet, whose header lies at {@code pos}, to the slots from {@code slot} down, then to the client. */
    private void offer(Exchange exchange, int slot, ReplyPart.Kind kind, Bytes bytes, int pos, int length) {
        ReplyInterest[] interests = exchange.interests;
        for (int i = slot; i >= 0 && interests != null; i--) {
            if (i == exchange.insteadAt || (continuation && i == exchange.cutAt)) {
                return;
            }
            ReplyInterest interest = interests[i];
            if (wants(interest, kind)) {
                PartVerdict verdict = show(exchange, i, kind, bytes, pos, length);
                if (!(verdict instanceof PartVerdict.Pass)) {
                    carryOut(exchange, i, kind, verdict);
                    return;
                }
            }
            if (interest.kind() == ReplyInterest.Kind.COLLECT) {
                if (kind != ReplyPart.Kind.LOCAL_INFILE) {
                    collect(exchange, i, interest, kind, bytes, pos, length);
                    return;
                }
                giveKept(exchange, i);
            }
        }
        forward(exchange, bytes, pos, length);
    }

    private static boolean wants(ReplyInterest interest, ReplyPart.Kind kind) {
        return switch (interest.kind()) {
            case NONE, END -> false;
            case COLLECT ->
                kind == ReplyPart.Kind.HEADER || kind == ReplyPart.Kind.COLUMN || kind == ReplyPart.Kind.COLUMNS_END;
            case METADATA -> kind != ReplyPart.Kind.ROW && kind != ReplyPart.Kind.OTHER;
            case ROWS -> true;
        };
    }

    private PartVerdict show(
            Exchange exchange, int slot, ReplyPart.Kind kind, @Nullable Bytes bytes, int pos, int length) {
        ChainSlot<?, FilterSession> target = machine.chain().filter(slot);
        part.show(exchange, kind, bytes, pos + CommandPath.HEADER, length);
        try {
            return target.serving().onReply(part);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw ModuleFailure.of(target.label(), e);
        } finally {
            part.clear();
        }
    }

    private void carryOut(Exchange exchange, int slot, ReplyPart.Kind kind, @Nullable PartVerdict verdict) {
        boolean asked = kind == ReplyPart.Kind.COLLECTED || kind == ReplyPart.Kind.OVERFLOW;
        renumber(exchange);
        if (verdict instanceof PartVerdict.Fail fail) {
            instead(exchange, slot, Answer.error(fail.error()));
        } else if (verdict instanceof PartVerdict.Instead instead && asked) {
            instead(exchange, slot, instead.answer());
        } else if (verdict instanceof PartVerdict.Replace replace && !asked && !continuation) {
            exchange.cutAt = slot;
            give(exchange, slot - 1, kind, replace.payload());
        } else if (verdict instanceof PartVerdict.Drop && kind == ReplyPart.Kind.ROW) {
            exchange.cutAt = slot;
        } else {
            String found = verdict == null ? "no verdict" : verdict.getClass().getSimpleName();
            throw ModuleFailure.of(
                    machine.chain().filter(slot).label(),
                    new IllegalArgumentException(found + " is no verdict about " + kind));
        }
    }

    /** Puts another answer in place of the rest of a reply, whose own packets are read and dropped. */
    private void instead(Exchange exchange, int slot, Answer answer) {
        if (exchange.insidePayload) {
            throw ModuleFailure.of(
                    machine.chain().filter(slot).label(),
                    new IllegalStateException("the client has got the beginning of a row already"));
        }
        Collected kept = exchange.collected;
        if (kept != null && kept.slot() >= slot) {
            exchange.collected = null;
            kept.release();
        }
        answer(exchange, slot - 1, answer);
        exchange.insteadAt = exchange.insteadAt < 0 ? slot : Math.min(exchange.insteadAt, slot);
        exchange.muted = true;
        exchange.given = exchange.collected == null;
    }

    /** The client gets more packets than the server sends: those from this number on are numbered anew. */
    void renumber(Exchange exchange, int sequence) {
        if (!exchange.renumber) {
            path.flushRun();
            exchange.renumber = true;
            exchange.nextSequence = sequence;
        }
    }

    private void renumber(Exchange exchange) {
        if (!exchange.renumber) {
            path.flushRun();
            exchange.renumber = true;
        }
    }

    private void forward(Exchange exchange, Bytes bytes, int pos, int length) {
        exchange.insidePayload = length == CommandPath.CONTINUED;
        if (!exchange.renumber) {
            path.run(pos, pos + CommandPath.HEADER + length);
            exchange.nextSequence = bytes.unsignedAt(pos + 3) + 1 & 0xFF;
            return;
        }
        byte[] framed = new byte[CommandPath.HEADER + length];
        bytes.copy(pos, framed, 0, framed.length);
        framed[3] = (byte) exchange.nextSequence;
        exchange.nextSequence = exchange.nextSequence + 1 & 0xFF;
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
        kept.add(kind, bytes, pos, CommandPath.HEADER + length);
        if (bounded(kind)
                && (!kept.withinBudget() || kept.bytes() > interest.maxBytes() || kept.rows() > interest.maxRows())) {
            settle(exchange, kept, ReplyPart.Kind.OVERFLOW);
        }
    }

    /** Whether bounds are looked at: not between definitions, so that a filter has seen either none or all of them. */
    private boolean bounded(ReplyPart.Kind kind) {
        return switch (kind) {
            case ROW, ROWS_END, OK, ERROR -> true;
            case OTHER -> continuation;
            case HEADER, COLUMN, COLUMNS_END, LOCAL_INFILE, END, COLLECTED, OVERFLOW -> false;
        };
    }

    /** Asks the filter about what was kept, and carries out its verdict. */
    private void settle(Exchange exchange, Collected kept, ReplyPart.Kind kind) {
        PartVerdict verdict = show(exchange, kept.slot(), kind, null, 0, 0);
        ReplyInterest[] interests = exchange.interests;
        if (interests != null) {
            interests[kept.slot()] = ReplyInterest.END;
        }
        if (verdict instanceof PartVerdict.Pass) {
            giveKept(exchange, kept.slot());
        } else {
            carryOut(exchange, kept.slot(), kind, verdict);
        }
    }

    /** Hands what a slot has kept to the slots before it. */
    private void giveKept(Exchange exchange, int slot) {
        Collected kept = exchange.collected;
        if (kept == null || kept.slot() != slot) {
            return;
        }
        exchange.collected = null;
        boolean outer = continuation;
        try {
            kept.forEach((kind, further, bytes, pos, length) -> {
                continuation = further;
                offer(exchange, slot - 1, kind, bytes, pos, length);
            });
        } finally {
            continuation = outer;
            kept.release();
        }
    }

    /** The reply has passed: decides about what was collected, then tells the totals. */
    void ended(Exchange exchange) {
        for (Collected kept = exchange.collected; kept != null; kept = exchange.collected) {
            settle(exchange, kept, ReplyPart.Kind.COLLECTED);
        }
        exchange.given = true;
        ReplyInterest[] interests = exchange.interests;
        for (int i = interests == null ? -1 : interests.length - 1; i >= 0 && interests != null; i--) {
            if (interests[i].kind() != ReplyInterest.Kind.NONE) {
                show(exchange, i, ReplyPart.Kind.END, null, 0, 0);
            }
        }
    }

    // -- answers of modules
    // --------------------------------------------------------------------------------------------

    /** Gives a module's answer to the client, past the slots from {@code slot} down. */
    void answer(Exchange exchange, int slot, Answer answer) {
        List<byte[]> payloads = AnswerEncoder.encode(answer, machine.state());
        path.flushRun();
        ReplyTracker tracker = startAnswer(exchange);
        for (byte[] payload : payloads) {
            answerPayload(exchange, slot, tracker, payload);
        }
    }

    /** Prepares for the payloads of an answer; the tracker tells what they are, null where nobody asks. */
    @Nullable
    ReplyTracker startAnswer(Exchange exchange) {
        if (!exchange.renumber) {
            exchange.renumber = true;
            exchange.nextSequence = exchange.replySequence;
        }
        if (exchange.interests == null) {
            return null;
        }
        ReplyTracker tracker = new ReplyTracker();
        tracker.begin(exchange.code, machine.state().capabilities());
        return tracker;
    }

    /** Gives one payload of an answer to the slots from {@code slot} down, then to the client. */
    void answerPayload(Exchange exchange, int slot, @Nullable ReplyTracker tracker, byte[] payload) {
        ReplyPart.Kind kind = ReplyPart.Kind.OTHER;
        if (tracker != null && !tracker.ended()) {
            try {
                kind = kind(tracker.take(ByteSource.of(payload), false));
            } catch (CodecException e) {
                tracker.reset();
            }
            exchange.rows += kind == ReplyPart.Kind.ROW ? 1 : 0;
            exchange.error = tracker.errorCode();
            exchange.warnings = tracker.warnings();
        }
        continuation = false;
        give(exchange, slot, kind, payload);
    }

    private void give(Exchange exchange, int slot, ReplyPart.Kind kind, byte[] payload) {
        if (payload.length < CommandPath.CONTINUED) {
            offer(exchange, slot, kind, new ArrayBytes(PacketWriter.frame(0, payload)), 0, payload.length);
            return;
        }
        ArrayBytes framed = new ArrayBytes(PacketWriter.frame(0, payload));
        ReplyPart.Kind shown = kind;
        for (int pos = 0; pos < framed.length(); ) {
            int length = Math.min(CommandPath.CONTINUED, framed.length() - pos - CommandPath.HEADER);
            offer(exchange, slot, shown, framed, pos, length);
            pos += CommandPath.HEADER + length;
            shown = ReplyPart.Kind.OTHER;
            continuation = true;
        }
        continuation = false;
    }

    /** Shows a further part of a command, or of a local file, to those of the first {@code slots} filters that asked for a stream. */
    void showPart(int slots, Bytes bytes, int start, int count, boolean last) {
        PayloadView view = stream;
        if (view == null) {
            view = new PayloadView();
            stream = view;
        }
        for (int i = 0; i < slots; i++) {
            ChainSlot<?, FilterSession> slot = machine.chain().filter(i);
            if (slot.interest().kind() == CommandInterest.Kind.STREAM) {
                view.show(bytes, start, count);
                try {
                    slot.serving().onCommandPart(view, last);
                } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                    throw ModuleFailure.of(slot.label(), e);
                } finally {
                    view.clear();
                }
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
