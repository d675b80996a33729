package org.penstock.wire.reply;

import org.penstock.wire.ByteSource;
import org.penstock.wire.CodecException;

/** The fields of OK, EOF, ERR and prepare packets that stand in their first bytes, as last read. */
final class ReplyHeader {
    private static final int ERR_LENGTH = 3;
    private static final int EOF_LENGTH = 5;
    private static final int PREPARE_LENGTH = 12;

    int status;
    /** Whether a packet with status flags was read. */
    boolean statusSeen;

    int warnings;
    long affectedRows;
    long insertId;
    int errorCode;
    long statementId;
    int columns;
    int parameters;
    private int position;

    void clear() {
        status = 0;
        statusSeen = false;
        warnings = 0;
        affectedRows = 0;
        insertId = 0;
        errorCode = 0;
        statementId = 0;
    }

    /** Reads an OK packet, whatever its first byte. */
    void readOk(ByteSource payload, int length) {
        position = 1;
        affectedRows = lenenc(payload, length, "OK packet");
        insertId = lenenc(payload, length, "OK packet");
        require(length, position + 4, "OK packet");
        status = shortAt(payload, position);
        statusSeen = true;
        warnings = shortAt(payload, position + 2);
    }

    /** Reads what ends rows: an EOF packet, or an OK packet with the first byte of one. */
    void readEnd(ByteSource payload, int length, boolean okAllowed) {
        if (okAllowed && length != EOF_LENGTH) {
            readOk(payload, length);
            return;
        }
        require(length, EOF_LENGTH, "EOF packet");
        warnings = shortAt(payload, 1);
        status = shortAt(payload, 3);
        statusSeen = true;
    }

    /** The error number of an ERR packet. */
    int readError(ByteSource payload, int length) {
        require(length, ERR_LENGTH, "ERR packet");
        return shortAt(payload, 1);
    }

    void readPrepare(ByteSource payload, int length) {
        require(length, PREPARE_LENGTH, "OK packet of a prepare");
        statementId = payload.intAt(1) & 0xFFFF_FFFFL;
        columns = shortAt(payload, 5);
        parameters = shortAt(payload, 7);
        warnings = shortAt(payload, 10);
    }

    /** Reads the number of columns; {@link #position()} is behind it then. */
    long readCount(ByteSource payload, int length) {
        position = 0;
        return lenenc(payload, length, "column count packet");
    }

    int position() {
        return position;
    }

    private long lenenc(ByteSource payload, int length, String packet) {
        require(length, position + 1, packet);
        int first = payload.at(position++) & 0xFF;
        if (first < 0xFB) {
            return first;
        }
        int width = first == 0xFC ? 2 : first == 0xFD ? 3 : 8;
        if (first == 0xFB || first == 0xFF) {
            throw new CodecException("expected a length-encoded integer, got 0x" + Integer.toHexString(first)
                    + " at offset " + (position - 1) + " of " + packet);
        }
        require(length, position + width, packet);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = (value << 8) | (payload.at(position + i) & 0xFF);
        }
        position += width;
        return value;
    }

    private static int shortAt(ByteSource payload, int index) {
        return (payload.at(index) & 0xFF) | ((payload.at(index + 1) & 0xFF) << 8);
    }

    private static void require(int length, int needed, String packet) {
        if (length < needed) {
            throw new CodecException(
                    "expected at least " + needed + " bytes, got " + length + " at offset 0 of " + packet);
        }
    }
}
