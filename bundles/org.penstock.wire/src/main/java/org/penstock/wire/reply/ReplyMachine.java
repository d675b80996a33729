package org.penstock.wire.reply;

import org.penstock.wire.ByteSource;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CodecException;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.ServerStatus;

/** The phases of a reply and what moves it from one to the next; drawn in {@link ReplyTracker}. */
final class ReplyMachine {
    static final int EOF_BYTE = 0xFE;
    static final int ERR_BYTE = 0xFF;
    private static final int LOCAL_INFILE_BYTE = 0xFB;
    private static final int MAX_EOF_LENGTH = 8;
    private static final int PROGRESS_CODE = 0xFFFF;

    final ReplyHeader header = new ReplyHeader();
    ReplyPhase phase = ReplyPhase.ENDED;
    CommandType.Reply shape = CommandType.Reply.NONE;
    int command;
    /** Largest first byte that a row can have besides 0xFE. */
    int lastRowByte;

    boolean metadataFollows;
    int columnCount;
    int parameterCount;
    int results;
    private boolean deprecateEof;
    private boolean cacheMetadata;
    private boolean progress;
    private boolean localFiles;
    private int left;

    void begin(int commandByte, long capabilities) {
        command = commandByte & 0xFF;
        shape = CommandType.reply(command);
        deprecateEof = Capabilities.has(capabilities, Capabilities.DEPRECATE_EOF);
        cacheMetadata = Capabilities.has(capabilities, Capabilities.CACHE_METADATA);
        progress = (capabilities & (Capabilities.PROGRESS | Capabilities.PROGRESS_OBSOLETE)) != 0;
        localFiles = Capabilities.has(capabilities, Capabilities.LOCAL_FILES);
        header.clear();
        columnCount = 0;
        parameterCount = 0;
        results = 0;
        lastRowByte = shape == CommandType.Reply.BINARY_RESULT || shape == CommandType.Reply.FETCH ? 0 : EOF_BYTE - 1;
        phase = switch (shape) {
            case NONE -> ReplyPhase.ENDED;
            case STATUS -> ReplyPhase.STATUS;
            case TEXT_RESULT, BINARY_RESULT, BULK_RESULT -> ReplyPhase.RESULT;
            case PREPARE -> ReplyPhase.PREPARE;
            case FETCH -> ReplyPhase.ROWS;
            case FIELDS -> ReplyPhase.FIELDS;
            case STATISTICS -> ReplyPhase.STATISTICS;
            case AUTHENTICATION -> ReplyPhase.AUTHENTICATION;
            case BINLOG -> ReplyPhase.BINLOG;
        };
    }

    ReplyEvent error(ByteSource payload, int length) {
        int code = header.readError(payload, length);
        if (progress && code == PROGRESS_CODE) {
            return ReplyEvent.PROGRESS;
        }
        header.errorCode = code;
        phase = ReplyPhase.ENDED;
        return ReplyEvent.ERR;
    }

    /** Takes a packet that is neither ERR nor a row at first sight. */
    ReplyEvent take(ByteSource payload, int first, int length) {
        return switch (phase) {
            case ENDED -> throw unexpected("no packet", first, length);
            case RESULT -> result(payload, first, length);
            case AFTER_INFILE -> ok(payload, first, length);
            case COLUMNS -> column(first, length);
            case COLUMNS_EOF -> definitionsEnd(payload, first, length);
            case ROWS -> rowsEnd(payload, first, length);
            case STATUS -> status(payload, first, length);
            case PREPARE -> prepare(payload, first, length);
            case PREPARE_PARAMETERS -> column(first, length);
            case PREPARE_PARAMETERS_EOF -> definitionsEnd(payload, first, length);
            case PREPARE_COLUMNS -> column(first, length);
            case PREPARE_COLUMNS_EOF -> definitionsEnd(payload, first, length);
            case FIELDS -> field(payload, first, length);
            case STATISTICS -> statistics();
            case AUTHENTICATION -> authentication(payload, first, length);
            case BINLOG -> binlog(payload, first, length);
        };
    }

    private ReplyEvent result(ByteSource payload, int first, int length) {
        if (first == 0) {
            return ok(payload, first, length);
        }
        if (first == LOCAL_INFILE_BYTE && localFiles) {
            phase = ReplyPhase.AFTER_INFILE;
            return ReplyEvent.LOCAL_INFILE;
        }
        if (first == LOCAL_INFILE_BYTE || first == EOF_BYTE) {
            throw unexpected("OK, ERR or a number of columns", first, length);
        }
        long count = header.readCount(payload, length);
        int behind = length - header.position();
        if (count > ReplyTracker.MAX_COLUMNS || behind > (cacheMetadata ? 1 : 0)) {
            throw unexpected(
                    "1 to " + ReplyTracker.MAX_COLUMNS + " columns and nothing behind",
                    count + " columns and " + behind + " bytes behind");
        }
        metadataFollows = behind == 0 || payload.at(header.position()) != 0;
        columnCount = (int) count;
        left = columnCount;
        phase = metadataFollows ? ReplyPhase.COLUMNS : behindColumns();
        return ReplyEvent.COLUMN_COUNT;
    }

    private ReplyEvent ok(ByteSource payload, int first, int length) {
        if (first != 0) {
            throw unexpected("OK or ERR", first, length);
        }
        header.readOk(payload, length);
        endResult();
        return ReplyEvent.OK;
    }

    private ReplyEvent column(int first, int length) {
        if (first >= LOCAL_INFILE_BYTE) {
            throw unexpected("a definition", first, length);
        }
        if (--left == 0) {
            phase = behindDefinitions();
        }
        return ReplyEvent.COLUMN;
    }

    private ReplyPhase behindColumns() {
        return deprecateEof ? ReplyPhase.ROWS : ReplyPhase.COLUMNS_EOF;
    }

    private ReplyPhase behindDefinitions() {
        if (phase == ReplyPhase.COLUMNS) {
            return behindColumns();
        }
        if (phase == ReplyPhase.PREPARE_PARAMETERS) {
            return deprecateEof ? prepareColumns() : ReplyPhase.PREPARE_PARAMETERS_EOF;
        }
        return deprecateEof ? ReplyPhase.ENDED : ReplyPhase.PREPARE_COLUMNS_EOF;
    }

    private ReplyPhase prepareColumns() {
        left = columnCount;
        return left == 0 ? ReplyPhase.ENDED : ReplyPhase.PREPARE_COLUMNS;
    }

    private ReplyEvent definitionsEnd(ByteSource payload, int first, int length) {
        if (first != EOF_BYTE || length > MAX_EOF_LENGTH) {
            throw unexpected("EOF behind definitions", first, length);
        }
        header.readEnd(payload, length, false);
        if (phase == ReplyPhase.PREPARE_PARAMETERS_EOF) {
            phase = prepareColumns();
        } else if (phase == ReplyPhase.PREPARE_COLUMNS_EOF) {
            phase = ReplyPhase.ENDED;
        } else if (shape == CommandType.Reply.BINARY_RESULT && (header.status & ServerStatus.CURSOR_EXISTS) != 0) {
            endResult();
        } else {
            phase = ReplyPhase.ROWS;
        }
        return ReplyEvent.COLUMNS_END;
    }

    boolean endsRows(int length) {
        return deprecateEof ? length < PacketWriter.MAX_PACKET : length <= MAX_EOF_LENGTH;
    }

    private ReplyEvent rowsEnd(ByteSource payload, int first, int length) {
        boolean eof = first == EOF_BYTE;
        if (eof && endsRows(length)) {
            header.readEnd(payload, length, deprecateEof);
            endResult();
            return ReplyEvent.ROWS_END;
        }
        if (eof && lastRowByte > 0) {
            return ReplyEvent.ROW;
        }
        throw unexpected("a row", first, length);
    }

    private void endResult() {
        results++;
        boolean more = (header.status & (ServerStatus.MORE_RESULTS | ServerStatus.PS_OUT_PARAMS)) != 0;
        phase = more && shape != CommandType.Reply.FETCH ? ReplyPhase.RESULT : ReplyPhase.ENDED;
    }

    private ReplyEvent status(ByteSource payload, int first, int length) {
        if (first != 0 && first != EOF_BYTE) {
            throw unexpected("OK, EOF or ERR", first, length);
        }
        return end(payload, first, length, ReplyEvent.OK);
    }

    /** Ends the reply with an OK or EOF packet whatever its status says of further results. */
    private ReplyEvent end(ByteSource payload, int first, int length, ReplyEvent event) {
        if (first == EOF_BYTE) {
            header.readEnd(payload, length, deprecateEof);
        } else {
            header.readOk(payload, length);
        }
        phase = ReplyPhase.ENDED;
        return event;
    }

    private ReplyEvent prepare(ByteSource payload, int first, int length) {
        if (first != 0) {
            throw unexpected("the OK of a prepare, or ERR", first, length);
        }
        header.readPrepare(payload, length);
        columnCount = header.columns;
        parameterCount = header.parameters;
        left = parameterCount;
        phase = left == 0 ? prepareColumns() : ReplyPhase.PREPARE_PARAMETERS;
        return ReplyEvent.PREPARE_OK;
    }

    private ReplyEvent field(ByteSource payload, int first, int length) {
        if (first == EOF_BYTE && endsRows(length)) {
            return end(payload, first, length, ReplyEvent.COLUMNS_END);
        }
        if (first >= LOCAL_INFILE_BYTE) {
            throw unexpected("a definition, EOF or ERR", first, length);
        }
        columnCount++;
        return ReplyEvent.COLUMN;
    }

    private ReplyEvent statistics() {
        phase = ReplyPhase.ENDED;
        return ReplyEvent.STATISTICS;
    }

    private ReplyEvent authentication(ByteSource payload, int first, int length) {
        if (first == 0) {
            return end(payload, first, length, ReplyEvent.OK);
        }
        return first == EOF_BYTE ? ReplyEvent.AUTH_SWITCH : ReplyEvent.AUTH_MORE;
    }

    private ReplyEvent binlog(ByteSource payload, int first, int length) {
        if (first == 0) {
            return ReplyEvent.BINLOG_EVENT;
        }
        if (first == EOF_BYTE) {
            return end(payload, first, length, ReplyEvent.OK);
        }
        throw unexpected("a binlog event, EOF or ERR", first, length);
    }

    private CodecException unexpected(String expected, int first, int length) {
        return unexpected(expected, String.format("a packet of %d bytes that begins with 0x%02X", length, first));
    }

    CodecException unexpected(String expected, String found) {
        return new CodecException("expected " + expected + ", got " + found + " in phase " + phase + " of the reply to "
                + CommandType.name(command));
    }
}
