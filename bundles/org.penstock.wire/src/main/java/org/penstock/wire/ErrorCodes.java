package org.penstock.wire;

/** Error numbers that a proxy sends, or acts on when a server sends them. */
public final class ErrorCodes {
    public static final int CON_COUNT_ERROR = 1040;
    public static final int BAD_HOST_ERROR = 1042;
    public static final int HANDSHAKE_ERROR = 1043;
    public static final int DBACCESS_DENIED = 1044;
    public static final int ACCESS_DENIED = 1045;
    public static final int NO_DB = 1046;
    public static final int UNKNOWN_COM = 1047;
    public static final int BAD_DB = 1049;
    public static final int SERVER_SHUTDOWN = 1053;
    public static final int PARSE_ERROR = 1064;
    public static final int NO_SUCH_THREAD = 1094;
    public static final int KILL_DENIED = 1095;
    public static final int UNKNOWN_ERROR = 1105;
    public static final int UNKNOWN_CHARACTER_SET = 1115;
    public static final int HOST_IS_BLOCKED = 1129;
    public static final int HOST_NOT_PRIVILEGED = 1130;
    public static final int NOT_ALLOWED_COMMAND = 1148;
    public static final int NET_PACKET_TOO_LARGE = 1153;
    public static final int NET_PACKETS_OUT_OF_ORDER = 1156;
    public static final int NET_READ_ERROR = 1158;
    public static final int NET_READ_INTERRUPTED = 1159;
    public static final int NET_ERROR_ON_WRITE = 1160;
    public static final int NET_WRITE_INTERRUPTED = 1161;
    public static final int NEW_ABORTING_CONNECTION = 1184;
    public static final int TOO_MANY_USER_CONNECTIONS = 1203;
    public static final int LOCK_WAIT_TIMEOUT = 1205;
    public static final int LOCK_DEADLOCK = 1213;
    public static final int SPECIFIC_ACCESS_DENIED = 1227;
    public static final int WRONG_VALUE_FOR_VAR = 1231;
    public static final int NOT_SUPPORTED_YET = 1235;
    public static final int UNKNOWN_STMT_HANDLER = 1243;
    public static final int NOT_SUPPORTED_AUTH_MODE = 1251;
    public static final int OPTION_PREVENTS_STATEMENT = 1290;
    public static final int UNSUPPORTED_PS = 1295;
    public static final int SP_NO_RETSET = 1415;
    public static final int QUERY_INTERRUPTED = 1317;
    public static final int PLUGIN_IS_NOT_LOADED = 1524;
    public static final int CANT_EXECUTE_IN_READ_ONLY_TRANSACTION = 1792;
    public static final int READ_ONLY_MODE = 1836;
    public static final int CONNECTION_KILLED = 1927;
    public static final int STATEMENT_TIMEOUT = 1969;

    /** Client-side numbers, which a proxy sends when it lost a server. */
    public static final int CR_CONN_HOST_ERROR = 2003;

    public static final int CR_SERVER_GONE = 2006;
    public static final int CR_SERVER_LOST = 2013;
    public static final int CR_MALFORMED_PACKET = 2027;

    /** MySQL's farewell to a connection that was idle for too long; unasked. */
    public static final int CLIENT_INTERACTION_TIMEOUT = 4031;

    private ErrorCodes() {}

    /** The SQLSTATE that servers send with a number; HY000 for those without one of their own. */
    public static String sqlState(int code) {
        return switch (code) {
            case CON_COUNT_ERROR, NOT_SUPPORTED_AUTH_MODE -> "08004";
            case BAD_HOST_ERROR,
                    HANDSHAKE_ERROR,
                    UNKNOWN_COM,
                    SERVER_SHUTDOWN,
                    NET_PACKET_TOO_LARGE,
                    NET_PACKETS_OUT_OF_ORDER,
                    NET_READ_ERROR,
                    NET_READ_INTERRUPTED,
                    NET_ERROR_ON_WRITE,
                    NET_WRITE_INTERRUPTED,
                    NEW_ABORTING_CONNECTION -> "08S01";
            case DBACCESS_DENIED,
                    PARSE_ERROR,
                    NOT_ALLOWED_COMMAND,
                    TOO_MANY_USER_CONNECTIONS,
                    SPECIFIC_ACCESS_DENIED,
                    NOT_SUPPORTED_YET,
                    BAD_DB,
                    UNKNOWN_CHARACTER_SET,
                    WRONG_VALUE_FOR_VAR -> "42000";
            case ACCESS_DENIED -> "28000";
            case NO_DB -> "3D000";
            case LOCK_DEADLOCK -> "40001";
            case SP_NO_RETSET -> "0A000";
            case QUERY_INTERRUPTED, CONNECTION_KILLED, STATEMENT_TIMEOUT -> "70100";
            case CANT_EXECUTE_IN_READ_ONLY_TRANSACTION -> "25006";
            default -> "HY000";
        };
    }
}
