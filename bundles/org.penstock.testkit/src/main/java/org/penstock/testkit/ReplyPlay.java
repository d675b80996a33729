package org.penstock.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;

/** Shows a reply to a filter's part as its interest asks, and collects what passes. */
final class ReplyPlay {
    private static final int HEADER_BYTES = 4;

    private final FilterSession part;
    private final long command;
    private final ReplyInterest interest;
    private final List<byte[]> passed = new ArrayList<>();
    private @Nullable Answer answer;
    private @Nullable SqlError error;
    private boolean collecting;
    private long rows;
    private long bytes;
    private int lastError;
    private int status;
    private int warnings;

    ReplyPlay(FilterSession part, long command, ReplyInterest interest) {
        this.part = part;
        this.command = command;
        this.interest = interest;
        this.collecting = interest.kind() == ReplyInterest.Kind.COLLECT;
    }

    Delivery play(FakeReply reply) {
        for (FakeReply.Packet packet : reply.packets()) {
            count(packet);
            if (collecting && overBounds()) {
                collecting = false;
                decide(ReplyPart.Kind.OVERFLOW);
                if (ended()) {
                    break;
                }
            }
            pass(packet);
            if (ended()) {
                break;
            }
        }
        if (!ended()) {
            if (collecting) {
                decide(ReplyPart.Kind.COLLECTED);
            } else if (interest.kind() != ReplyInterest.Kind.NONE && interest.kind() != ReplyInterest.Kind.COLLECT) {
                show(ReplyPart.Kind.END, new byte[0]);
            }
        }
        return new Delivery(passed, answer, error);
    }

    private boolean ended() {
        return answer != null || error != null;
    }

    private boolean overBounds() {
        return bytes > interest.maxBytes() || rows > interest.maxRows();
    }

    private void count(FakeReply.Packet packet) {
        bytes += packet.payload().length + HEADER_BYTES;
        rows += packet.kind() == ReplyPart.Kind.ROW ? 1 : 0;
        status = packet.status();
        warnings = packet.warnings();
        lastError = packet.error();
    }

    private void pass(FakeReply.Packet packet) {
        if (!visible(packet.kind())) {
            passed.add(packet.payload());
            return;
        }
        PartVerdict verdict = show(packet.kind(), packet.payload());
        if (collecting && !(verdict instanceof PartVerdict.Pass)) {
            throw new AssertionError("expected pass for a part of a collected reply, got " + verdict);
        }
        if (verdict instanceof PartVerdict.Pass) {
            passed.add(packet.payload());
        } else if (verdict instanceof PartVerdict.Replace replace) {
            passed.add(replace.payload());
        } else if (verdict instanceof PartVerdict.Fail fail) {
            error = fail.error();
        } else if (!(verdict instanceof PartVerdict.Drop) || packet.kind() != ReplyPart.Kind.ROW) {
            throw new AssertionError(verdict + " is not allowed for " + packet.kind());
        }
    }

    private boolean visible(ReplyPart.Kind kind) {
        return switch (interest.kind()) {
            case NONE, END -> false;
            case METADATA ->
                switch (kind) {
                    case OK, ERROR, HEADER, COLUMN, COLUMNS_END -> true;
                    default -> false;
                };
            case ROWS -> true;
            case COLLECT ->
                collecting
                        && switch (kind) {
                            case HEADER, COLUMN, COLUMNS_END -> true;
                            default -> false;
                        };
        };
    }

    private void decide(ReplyPart.Kind kind) {
        PartVerdict verdict = show(kind, new byte[0]);
        if (verdict instanceof PartVerdict.Instead instead) {
            passed.clear();
            answer = instead.answer();
        } else if (verdict instanceof PartVerdict.Fail fail) {
            passed.clear();
            error = fail.error();
        } else if (!(verdict instanceof PartVerdict.Pass)) {
            throw new AssertionError(verdict + " is not allowed for " + kind);
        }
    }

    private PartVerdict show(ReplyPart.Kind kind, byte[] payload) {
        FakePayload view = new FakePayload(payload);
        PartVerdict verdict =
                part.onReply(new FakeReplyPart(kind, command, view, rows, bytes, status, warnings, lastError));
        view.expire();
        return verdict;
    }
}
