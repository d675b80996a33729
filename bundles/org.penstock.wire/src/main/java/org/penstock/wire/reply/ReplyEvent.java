package org.penstock.wire.reply;

/** What one packet is within the reply that {@link ReplyTracker} follows. */
public enum ReplyEvent {
    /** No packet: the chunk is used up. */
    NONE,
    /** An OK packet, or the EOF packet that some commands are answered with; ends a result without rows. */
    OK,
    /** An ERR packet; ends the reply. */
    ERR,
    /** Opens a result with its number of columns. */
    COLUMN_COUNT,
    /** The OK packet of a prepare. */
    PREPARE_OK,
    /** One column or parameter definition. */
    COLUMN,
    /** The EOF packet behind definitions, where the capabilities have one. */
    COLUMNS_END,
    /** One row, text or binary; its first packet. */
    ROW,
    /** The EOF or OK packet behind rows. */
    ROWS_END,
    /** The server asks for a local file: the client's packets up to an empty one come before what follows. */
    LOCAL_INFILE,
    /** MariaDB's progress report. */
    PROGRESS,
    /** The text of COM_STATISTICS. */
    STATISTICS,
    /** Asks for another authentication plugin; the client answers. */
    AUTH_SWITCH,
    /** Data of an authentication plugin; the client may answer. */
    AUTH_MORE,
    /** One event of a binary log; its first packet. */
    BINLOG_EVENT,
    /** A further packet of the payload before. */
    CONTINUATION
}
