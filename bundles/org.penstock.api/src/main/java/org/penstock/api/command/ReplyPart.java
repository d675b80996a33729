package org.penstock.api.command;

import org.osgi.annotation.versioning.ProviderType;

/** One part of a reply, as far as the filter asked to see it; valid until the call returns. */
@ProviderType
public interface ReplyPart {
    /** What the part is. */
    enum Kind {
        /** An OK packet that ends a result without rows. */
        OK,
        /** An ERR packet. */
        ERROR,
        /** The packet that opens a result with its number of columns, or the OK of a prepare. */
        HEADER,
        /** One column (or parameter) definition. */
        COLUMN,
        /** The EOF between definitions and rows, where the session's capabilities have one. */
        COLUMNS_END,
        /**
         * One row, text or binary; of one beyond 16 MiB the first packet. Its further packets are shown as {@link #OTHER} where the first one passed, else left
         * out with it.
         */
        ROW,
        /** The EOF or OK packet behind the last row of a result. */
        ROWS_END,
        /** The server asks the client for a local file. */
        LOCAL_INFILE,
        /** A packet of another shape: statistics, binlog event, authentication, progress, or a further packet of the payload before. */
        OTHER,
        /**
         * The reply has passed; no payload. Shown once, with the totals, for every interest but {@link ReplyInterest#NONE}, behind {@link #COLLECTED} or
         * {@link #OVERFLOW} too, also when the server was lost; not when the session ends before the reply. Nothing follows for this command.
         */
        END,
        /** The whole reply is here and kept back; no payload. The verdict decides: pass, answer or fail. */
        COLLECTED,
        /** The reply passed a bound of {@link ReplyInterest#collect}; no payload. The verdict decides: pass (what was kept and the rest), answer or fail. */
        OVERFLOW
    }

    Kind kind();

    /** {@link Command#number()} of the command that is answered. */
    long command();

    /** The packet's payload; empty for {@link Kind#END}, {@link Kind#COLLECTED} and {@link Kind#OVERFLOW}. */
    Payload payload();

    /** Rows of the reply so far, over all of its results. */
    long rows();

    /** Payload bytes of the reply so far, with headers. */
    long bytes();

    /** Server status flags as last reported in the reply. */
    int status();

    /** Warnings as last reported in the reply. */
    int warnings();

    /** Error number of the ERR packet that ended the reply, or 0. */
    int error();
}
