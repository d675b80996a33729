package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.error.SqlError;
import org.penstock.wire.ErrorCodes;

/** Commands that the session answers with an error before any module sees them. */
final class Refusals {
    private final SessionMachine machine;

    Refusals(SessionMachine machine) {
        this.machine = machine;
    }

    /** The error for a command of this length, negative while 16 MiB or more are still arriving; null when it may go on. */
    @Nullable
    Answer of(int code, long length) {
        String missing = machine.chain().missing();
        if (missing != null) {
            return Answer.error(SqlError.general(missing + " is not available"));
        }
        SqlError refused = machine.state().refusal(code);
        if (refused != null) {
            return Answer.error(refused);
        }
        ChainSlot<?, ?> refusing = machine.chain().refuses(length < 0 ? Long.MAX_VALUE : length);
        return refusing == null
                ? null
                : Answer.error(new SqlError(
                        ErrorCodes.NET_PACKET_TOO_LARGE,
                        "08S01",
                        "Got a packet bigger than " + refusing.label() + " may collect ("
                                + refusing.interest().limit() + " bytes)"));
    }
}
