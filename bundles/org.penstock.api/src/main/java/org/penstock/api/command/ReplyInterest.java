package org.penstock.api.command;

/**
 * What a filter wants to see of the reply to one command. {@link #NONE} keeps the reply on the path where only packet headers are read.
 *
 * @param kind which parts
 * @param maxBytes for {@link Kind#COLLECT}: payload bytes kept until the reply is complete
 * @param maxRows for {@link Kind#COLLECT}: rows kept until the reply is complete
 */
public record ReplyInterest(Kind kind, long maxBytes, long maxRows) {
    public static final ReplyInterest NONE = new ReplyInterest(Kind.NONE, 0, 0);

    /** One {@link ReplyPart.Kind#END} with the totals, after the reply has passed. */
    public static final ReplyInterest END = new ReplyInterest(Kind.END, 0, 0);

    /** Every packet but rows, binlog events and plain text, then {@link #END}. */
    public static final ReplyInterest METADATA = new ReplyInterest(Kind.METADATA, 0, 0);

    /** Every packet, then {@link #END}. */
    public static final ReplyInterest ROWS = new ReplyInterest(Kind.ROWS, 0, 0);

    /** Which parts of a reply a filter sees. */
    public enum Kind {
        NONE,
        END,
        METADATA,
        ROWS,
        COLLECT
    }

    public ReplyInterest {
        if (maxBytes < 0 || maxRows < 0) {
            throw new IllegalArgumentException(
                    "maxBytes, maxRows: expected 0 or more, got " + maxBytes + ", " + maxRows);
        }
    }

    /**
     * The reply is kept back until it is complete, then shown as one {@link ReplyPart.Kind#COLLECTED}; when a bound is passed, as one
     * {@link ReplyPart.Kind#OVERFLOW}. In either case one {@link ReplyPart.Kind#END} follows. Before it, {@link ReplyPart.Kind#HEADER},
     * {@link ReplyPart.Kind#COLUMN} and {@link ReplyPart.Kind#COLUMNS_END} are shown as they arrive.
     *
     * <p>Bounds are looked at behind a {@link ReplyPart.Kind#ROW}, {@link ReplyPart.Kind#ROWS_END}, {@link ReplyPart.Kind#OK} or
     * {@link ReplyPart.Kind#ERROR}, never between definitions: a filter has seen all columns of a result, or none. A request for a local file is not kept
     * back; what was kept goes on before it. Bytes kept, headers included, count against the core's budget for what modules collect; a budget that is used up is a
     * bound that is passed.
     */
    public static ReplyInterest collect(long maxBytes, long maxRows) {
        return new ReplyInterest(Kind.COLLECT, maxBytes, maxRows);
    }
}
