package org.penstock.api.command;

import java.util.List;
import org.penstock.api.annotation.Owned;
import org.penstock.api.error.SqlError;
import org.penstock.api.statement.Hint;

/** A filter's decision about one command. The common ones are shared constants. */
public sealed interface Verdict {
    /** The command goes on to the next slot as it is. */
    record Forward(ReplyInterest reply) implements Verdict {}

    /** The command goes on to the next slot as it is, with hints for the router behind those that it has. */
    record Hinted(List<Hint> hints, ReplyInterest reply) implements Verdict {
        public Hinted {
            hints = List.copyOf(hints);
        }
    }

    /** Another payload goes on to the next slot in place of the command; the first byte is its command byte. */
    record Replace(byte[] payload, ReplyInterest reply) implements Verdict {}

    /** The client gets this reply, in its turn; no later slot and no server sees the command. Filters before this one see the reply. */
    record Reply(Answer answer) implements Verdict {}

    /** The decision follows through the handle, or the hold's time-out decides. */
    record Held(Hold<Verdict> hold) implements Verdict {}

    /** The client gets this error, in its turn; the session goes on. */
    record Fail(SqlError error) implements Verdict {}

    /** The client gets this error and the session ends. */
    record Close(SqlError error) implements Verdict {}

    Verdict FORWARD = new Forward(ReplyInterest.NONE);
    Verdict FORWARD_THEN_END = new Forward(ReplyInterest.END);

    static Verdict forward() {
        return FORWARD;
    }

    static Verdict forward(ReplyInterest reply) {
        return switch (reply.kind()) {
            case NONE -> FORWARD;
            case END -> FORWARD_THEN_END;
            case METADATA, ROWS, COLLECT -> new Forward(reply);
        };
    }

    static Verdict hinted(List<Hint> hints) {
        return new Hinted(hints, ReplyInterest.NONE);
    }

    static Verdict forward(@Owned byte[] replacement) {
        return new Replace(replacement, ReplyInterest.NONE);
    }

    static Verdict forward(@Owned byte[] replacement, ReplyInterest reply) {
        return new Replace(replacement, reply);
    }

    static Verdict answer(Answer answer) {
        return new Reply(answer);
    }

    static Verdict hold(Hold<Verdict> hold) {
        return new Held(hold);
    }

    static Verdict fail(SqlError error) {
        return new Fail(error);
    }

    static Verdict close(SqlError error) {
        return new Close(error);
    }
}
