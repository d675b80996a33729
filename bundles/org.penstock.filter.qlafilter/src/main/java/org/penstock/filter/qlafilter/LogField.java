package org.penstock.filter.qlafilter;

import org.penstock.api.command.ReplyInterest.Kind;

/** An element of a log line; lines have them in this order. In lower case they are the words of {@code log_data}. */
enum LogField {
    SERVICE("Service", Kind.NONE),
    SESSION("Session", Kind.NONE),
    DATE("Date", Kind.NONE),
    USER("User@Host", Kind.NONE),
    REPLY_TIME("Reply_time", Kind.METADATA),
    QUERY("Query", Kind.NONE),
    DEFAULT_DB("Default_db", Kind.NONE),
    TOTAL_REPLY_TIME("Total_reply_time", Kind.END),
    NUM_ROWS("Num_rows", Kind.END),
    REPLY_SIZE("Reply_size", Kind.END),
    TRANSACTION("Transaction", Kind.NONE),
    TRANSACTION_TIME("Transaction_time", Kind.END),
    NUM_WARNINGS("Num_warnings", Kind.END),
    ERROR_MSG("Error_msg", Kind.METADATA),
    COMMAND("Command", Kind.NONE);

    private final String title;
    private final Kind interest;

    LogField(String title, Kind interest) {
        this.title = title;
        this.interest = interest;
    }

    /** What stands in the header line. */
    String title() {
        return title;
    }

    /** What of the reply it takes to know the element. */
    Kind interest() {
        return interest;
    }
}
