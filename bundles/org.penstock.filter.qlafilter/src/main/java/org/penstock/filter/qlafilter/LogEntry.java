package org.penstock.filter.qlafilter;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import org.penstock.api.command.ReplyPart;

/** One statement on its way to the log, with what is known of its reply so far. */
final class LogEntry {
    /** Where the text of an ERR packet begins: behind 0xFF, the number of two bytes, '#' and five characters of SQLSTATE. */
    private static final int ERROR_TEXT_AT = 9;

    private static final int ERROR_TEXT_AT_WITHOUT_STATE = 3;

    final long number;
    final int code;
    final String sql;
    final LocalDateTime date;
    final long startNanos;
    final TransactionWord transaction;
    final long transactionStartNanos;
    private boolean answered;
    private long firstNanos;
    private long lastNanos;
    private long rows;
    private long bytes;
    private int warnings;
    private String error = "";

    LogEntry(long number, int code, String sql, Instants now, TransactionWord transaction, long transactionStartNanos) {
        this.number = number;
        this.code = code;
        this.sql = sql;
        this.date = now.date();
        this.startNanos = now.nanos();
        this.transaction = transaction;
        this.transactionStartNanos = transactionStartNanos;
        this.firstNanos = startNanos;
        this.lastNanos = startNanos;
    }

    /**
     * One moment on both clocks.
     *
     * @param date wall clock
     * @param nanos of {@link System#nanoTime}
     */
    record Instants(LocalDateTime date, long nanos) {}

    /** Takes what a part of the reply tells. */
    void seen(ReplyPart part, long nanos) {
        if (!answered) {
            answered = true;
            firstNanos = nanos;
        }
        lastNanos = nanos;
        rows = part.rows();
        bytes = part.bytes();
        warnings = part.warnings();
        if (part.kind() == ReplyPart.Kind.ERROR) {
            error = errorText(part);
        }
    }

    private static String errorText(ReplyPart part) {
        int length = part.payload().length();
        boolean state = length > ERROR_TEXT_AT_WITHOUT_STATE && part.payload().at(ERROR_TEXT_AT_WITHOUT_STATE) == '#';
        int from = state ? ERROR_TEXT_AT : ERROR_TEXT_AT_WITHOUT_STATE;
        return from > length ? "" : part.payload().text(from, StandardCharsets.UTF_8);
    }

    long replyNanos() {
        return firstNanos - startNanos;
    }

    long totalNanos() {
        return lastNanos - startNanos;
    }

    long transactionNanos() {
        return lastNanos - transactionStartNanos;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    int warnings() {
        return warnings;
    }

    String error() {
        return error;
    }
}
