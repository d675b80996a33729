package org.penstock.wire.reply;

/** What {@link ReplyTracker} expects next. */
enum ReplyPhase {
    /** No reply is due. */
    ENDED,
    /** OK, ERR, LOCAL INFILE or the number of columns. */
    RESULT,
    /** OK or ERR behind the content of a local file. */
    AFTER_INFILE,
    COLUMNS,
    COLUMNS_EOF,
    ROWS,
    STATUS,
    PREPARE,
    PREPARE_PARAMETERS,
    PREPARE_PARAMETERS_EOF,
    PREPARE_COLUMNS,
    PREPARE_COLUMNS_EOF,
    FIELDS,
    STATISTICS,
    AUTHENTICATION,
    BINLOG
}
