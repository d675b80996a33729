package org.penstock.wire;

import java.util.Arrays;

/**
 * The commands of the protocol by their first payload byte.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase.html">Command phase, MySQL</a>
 */
public final class CommandType {
    public static final int SLEEP = 0x00;
    public static final int QUIT = 0x01;
    public static final int INIT_DB = 0x02;
    public static final int QUERY = 0x03;
    public static final int FIELD_LIST = 0x04;
    public static final int CREATE_DB = 0x05;
    public static final int DROP_DB = 0x06;
    public static final int REFRESH = 0x07;
    public static final int SHUTDOWN = 0x08;
    public static final int STATISTICS = 0x09;
    public static final int PROCESS_INFO = 0x0A;
    public static final int CONNECT = 0x0B;
    public static final int PROCESS_KILL = 0x0C;
    public static final int DEBUG = 0x0D;
    public static final int PING = 0x0E;
    public static final int TIME = 0x0F;
    public static final int DELAYED_INSERT = 0x10;
    public static final int CHANGE_USER = 0x11;
    public static final int BINLOG_DUMP = 0x12;
    public static final int TABLE_DUMP = 0x13;
    public static final int CONNECT_OUT = 0x14;
    public static final int REGISTER_SLAVE = 0x15;
    public static final int STMT_PREPARE = 0x16;
    public static final int STMT_EXECUTE = 0x17;
    public static final int STMT_SEND_LONG_DATA = 0x18;
    public static final int STMT_CLOSE = 0x19;
    public static final int STMT_RESET = 0x1A;
    public static final int SET_OPTION = 0x1B;
    public static final int STMT_FETCH = 0x1C;
    public static final int DAEMON = 0x1D;

    /** MySQL. */
    public static final int BINLOG_DUMP_GTID = 0x1E;

    public static final int RESET_CONNECTION = 0x1F;

    /** MariaDB. */
    public static final int STMT_BULK_EXECUTE = 0xFA;

    /** MariaDB, withdrawn: servers answer with 1047. */
    public static final int MULTI = 0xFE;

    /** The shape of what a server answers. */
    public enum Reply {
        /** Nothing. */
        NONE,
        /** One OK, EOF or ERR packet. */
        STATUS,
        /** Results, each an OK packet or definitions with rows in text form. */
        TEXT_RESULT,
        /** Results, each an OK packet or definitions with rows in binary form. */
        BINARY_RESULT,
        /** Results as of {@link #BINARY_RESULT}, the form of whose rows is not checked. */
        BULK_RESULT,
        /** The OK packet of a prepare, then definitions. */
        PREPARE,
        /** Rows in binary form without definitions. */
        FETCH,
        /** Column definitions without rows. */
        FIELDS,
        /** One packet of plain text. */
        STATISTICS,
        /** An exchange of authentication packets, then OK or ERR. */
        AUTHENTICATION,
        /** Events without end, or until EOF or ERR. */
        BINLOG
    }

    private static final String[] NAMES = new String[256];
    private static final Reply[] REPLIES = new Reply[256];

    static {
        Arrays.fill(REPLIES, Reply.STATUS);
        String[] names = {
            "SLEEP",
            "QUIT",
            "INIT_DB",
            "QUERY",
            "FIELD_LIST",
            "CREATE_DB",
            "DROP_DB",
            "REFRESH",
            "SHUTDOWN",
            "STATISTICS",
            "PROCESS_INFO",
            "CONNECT",
            "PROCESS_KILL",
            "DEBUG",
            "PING",
            "TIME",
            "DELAYED_INSERT",
            "CHANGE_USER",
            "BINLOG_DUMP",
            "TABLE_DUMP",
            "CONNECT_OUT",
            "REGISTER_SLAVE",
            "STMT_PREPARE",
            "STMT_EXECUTE",
            "STMT_SEND_LONG_DATA",
            "STMT_CLOSE",
            "STMT_RESET",
            "SET_OPTION",
            "STMT_FETCH",
            "DAEMON",
            "BINLOG_DUMP_GTID",
            "RESET_CONNECTION"
        };
        for (int code = 0; code < NAMES.length; code++) {
            NAMES[code] = code < names.length ? "COM_" + names[code] : String.format("COM_0x%02X", code);
        }
        NAMES[STMT_BULK_EXECUTE] = "COM_STMT_BULK_EXECUTE";
        NAMES[MULTI] = "COM_MULTI";
        REPLIES[QUIT] = Reply.NONE;
        REPLIES[STMT_CLOSE] = Reply.NONE;
        REPLIES[STMT_SEND_LONG_DATA] = Reply.NONE;
        REPLIES[QUERY] = Reply.TEXT_RESULT;
        REPLIES[PROCESS_INFO] = Reply.TEXT_RESULT;
        REPLIES[STMT_EXECUTE] = Reply.BINARY_RESULT;
        REPLIES[STMT_BULK_EXECUTE] = Reply.BULK_RESULT;
        REPLIES[STMT_PREPARE] = Reply.PREPARE;
        REPLIES[STMT_FETCH] = Reply.FETCH;
        REPLIES[FIELD_LIST] = Reply.FIELDS;
        REPLIES[STATISTICS] = Reply.STATISTICS;
        REPLIES[CHANGE_USER] = Reply.AUTHENTICATION;
        REPLIES[BINLOG_DUMP] = Reply.BINLOG;
        REPLIES[BINLOG_DUMP_GTID] = Reply.BINLOG;
    }

    private CommandType() {}

    /** The wire name, such as {@code COM_QUERY}; {@code COM_0x55} for a byte that names no command. */
    public static String name(int command) {
        return NAMES[command & 0xFF];
    }

    /** What a server answers; {@link Reply#STATUS} for a byte that names no command, as servers answer it with 1047. */
    public static Reply reply(int command) {
        return REPLIES[command & 0xFF];
    }

    /** Whether the command leaves something on a connection that COM_RESET_CONNECTION and COM_CHANGE_USER do not undo. */
    public static boolean outlivesReset(int code) {
        return switch (code) {
            case SET_OPTION, REGISTER_SLAVE, BINLOG_DUMP, BINLOG_DUMP_GTID, TABLE_DUMP, DEBUG, SHUTDOWN -> true;
            default -> false;
        };
    }

    /** Whether the four bytes behind the command byte are the id of a prepared statement. */
    public static boolean usesStatement(int code) {
        return code == STMT_EXECUTE
                || code == STMT_BULK_EXECUTE
                || code == STMT_FETCH
                || code == STMT_SEND_LONG_DATA
                || code == STMT_RESET
                || code == STMT_CLOSE;
    }

    /** Whether a server answers at all. */
    public static boolean hasReply(int command) {
        return REPLIES[command & 0xFF] != Reply.NONE;
    }
}
