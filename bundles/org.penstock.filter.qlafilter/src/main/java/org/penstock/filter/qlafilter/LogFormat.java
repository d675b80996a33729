package org.penstock.filter.qlafilter;

import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.penstock.api.command.Command;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.session.SessionView;

/**
 * How a statement becomes a line: elements in the order of {@link LogField}, not quoted.
 *
 * @param fields elements of a line
 * @param separator between them
 * @param newline in place of a line break in a statement or an error text; empty: it stays
 * @param nanosPerUnit of durations
 */
record LogFormat(Set<LogField> fields, String separator, String newline, long nanosPerUnit) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    LogFormat {
        fields = Set.copyOf(fields);
    }

    /** The header line. */
    String header() {
        return ordered().stream().map(LogField::title).collect(Collectors.joining(separator));
    }

    /** The same without one element. */
    LogFormat without(LogField field) {
        return new LogFormat(
                fields.stream().filter(other -> other != field).collect(Collectors.toSet()),
                separator,
                newline,
                nanosPerUnit);
    }

    /** What of a reply must be seen before its statement can be written. */
    ReplyInterest interest() {
        if (needs(ReplyInterest.Kind.METADATA)) {
            return ReplyInterest.METADATA;
        }
        return needs(ReplyInterest.Kind.END) ? ReplyInterest.END : ReplyInterest.NONE;
    }

    /** Whether an element tells of transactions. */
    boolean tracksTransactions() {
        return fields.contains(LogField.TRANSACTION) || fields.contains(LogField.TRANSACTION_TIME);
    }

    private boolean needs(ReplyInterest.Kind kind) {
        return fields.stream().anyMatch(field -> field.interest() == kind);
    }

    String line(LogEntry entry, SessionView session) {
        StringBuilder line = new StringBuilder(64 + entry.sql.length());
        for (LogField field : ordered()) {
            if (line.length() > 0) {
                line.append(separator);
            }
            append(line, field, entry, session);
        }
        return line.toString();
    }

    private Set<LogField> ordered() {
        return fields.isEmpty() ? Set.of() : EnumSet.copyOf(fields);
    }

    private void append(StringBuilder line, LogField field, LogEntry entry, SessionView session) {
        switch (field) {
            case SERVICE -> line.append(session.service());
            case SESSION -> line.append(session.id());
            case DATE -> DATE.formatTo(entry.date, line);
            case USER -> line.append(session.user()).append('@').append(session.clientAddress());
            case REPLY_TIME -> line.append(units(entry.replyNanos()));
            case QUERY -> appendText(line, entry.sql);
            case DEFAULT_DB -> {
                String database = session.database();
                line.append(database == null ? "(none)" : database);
            }
            case TOTAL_REPLY_TIME -> line.append(units(entry.totalNanos()));
            case NUM_ROWS -> line.append(entry.rows());
            case REPLY_SIZE -> line.append(entry.bytes());
            case TRANSACTION -> line.append(entry.transaction);
            case TRANSACTION_TIME -> {
                if (entry.transaction == TransactionWord.COMMIT && entry.transactionStartNanos != 0) {
                    line.append(units(entry.transactionNanos()));
                }
            }
            case NUM_WARNINGS -> line.append(entry.warnings());
            case ERROR_MSG -> appendText(line, entry.error());
            case COMMAND -> line.append(commandName(entry.code));
        }
    }

    private long units(long nanos) {
        return (nanos + nanosPerUnit / 2) / nanosPerUnit;
    }

    private static String commandName(int code) {
        return code == Command.COM_QUERY ? "COM_QUERY" : "COM_STMT_PREPARE";
    }

    private void appendText(StringBuilder line, String text) {
        if (newline.isEmpty()) {
            line.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                line.append(newline);
                i += c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
            } else {
                line.append(c);
            }
        }
    }
}
