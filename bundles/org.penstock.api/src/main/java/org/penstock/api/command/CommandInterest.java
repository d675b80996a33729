package org.penstock.api.command;

/**
 * What a module wants to see of each command. The core reads no more of the client's bytes than the most that any module of the chain asks for.
 *
 * @param kind how much
 * @param limit bytes: of the head for {@link Kind#HEAD} and {@link Kind#STREAM}, the cap for {@link Kind#COMPLETE}, else 0
 */
public record CommandInterest(Kind kind, int limit) {
    /** The most that {@link #complete(int)} takes, 16 MiB: one module may not make the core collect more for one command. */
    public static final int MAX_COMPLETE = 16 * 1024 * 1024;

    /** Commands pass unseen; the module's command callback is never called. */
    public static final CommandInterest NOTHING = new CommandInterest(Kind.NOTHING, 0);

    /** How much of a command a module sees. */
    public enum Kind {
        NOTHING,
        /** A bounded prefix and the length. */
        HEAD,
        /** All of it, up to a cap; beyond it the client gets error 1153 and the command goes no further. */
        COMPLETE,
        /** A bounded prefix with the verdict, then every further part, and the content of LOAD DATA LOCAL INFILE, as it passes. */
        STREAM
    }

    public CommandInterest {
        if (limit < 0 || limit > MAX_COMPLETE) {
            throw new IllegalArgumentException("limit: expected 0 to " + MAX_COMPLETE + ", got " + limit);
        }
        if (kind != Kind.NOTHING && limit == 0) {
            throw new IllegalArgumentException("limit: expected at least 1 for " + kind);
        }
    }

    public static CommandInterest head(int bytes) {
        return new CommandInterest(Kind.HEAD, bytes);
    }

    public static CommandInterest complete(int cap) {
        return new CommandInterest(Kind.COMPLETE, cap);
    }

    public static CommandInterest stream(int headBytes) {
        return new CommandInterest(Kind.STREAM, headBytes);
    }
}
