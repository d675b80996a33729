package org.penstock.api.command;

import org.penstock.api.annotation.Owned;
import org.penstock.api.error.SqlError;

/** A filter's decision about one part of a reply. */
public sealed interface PartVerdict {
    /** The part goes on towards the client. */
    record Pass() implements PartVerdict {}

    /** The part is left out; only for {@link ReplyPart.Kind#ROW}. */
    record Drop() implements PartVerdict {}

    /** Another payload takes the place of the packet. */
    record Replace(byte[] payload) implements PartVerdict {}

    /** Another reply takes the place of the whole one; only for {@link ReplyPart.Kind#COLLECTED} and {@link ReplyPart.Kind#OVERFLOW}. */
    record Instead(Answer answer) implements PartVerdict {}

    /** The client gets this error in place of the rest of the reply. */
    record Fail(SqlError error) implements PartVerdict {}

    PartVerdict PASS = new Pass();
    PartVerdict DROP = new Drop();

    static PartVerdict pass() {
        return PASS;
    }

    static PartVerdict drop() {
        return DROP;
    }

    static PartVerdict replace(@Owned byte[] payload) {
        return new Replace(payload);
    }

    static PartVerdict instead(Answer answer) {
        return new Instead(answer);
    }

    static PartVerdict fail(SqlError error) {
        return new Fail(error);
    }
}
