package org.penstock.core.session.state;

import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;
import org.penstock.wire.CommandType;

/** What commands are that carry no text and name no prepared statement. */
public final class CommandClasses {
    private static final StatementClass SESSION = StatementClass.of(Operation.UNDEFINED, Types.SESSION_WRITE, 0);
    private static final StatementClass SCHEMA = StatementClass.of(Operation.CHANGE_DB, Types.SESSION_WRITE, 0);
    private static final StatementClass CREATE = StatementClass.of(Operation.CREATE, Types.WRITE, 0);
    private static final StatementClass DROP = StatementClass.of(Operation.DROP, Types.WRITE, 0);
    private static final StatementClass KILL = StatementClass.of(Operation.KILL, Types.WRITE, 0);
    private static final StatementClass CLOSE = StatementClass.of(Operation.UNDEFINED, Types.DEALLOC_PREPARE, 0);
    private static final StatementClass FETCH = StatementClass.of(Operation.UNDEFINED, Types.READ, Flags.GOES_ON);
    private static final StatementClass RESET =
            new StatementClass(Operation.UNDEFINED, Types.SESSION_WRITE, 0, TransactionEffect.UNKNOWN, Pin.NONE);

    private CommandClasses() {}

    /** Whether the command carries the text of a statement. */
    public static boolean hasText(int code) {
        return code == CommandType.QUERY || code == CommandType.STMT_PREPARE;
    }

    /** Whether the command is about a prepared statement that its first four bytes name. */
    public static boolean namesPrepared(int code) {
        return switch (code) {
            case CommandType.STMT_EXECUTE,
                    CommandType.STMT_BULK_EXECUTE,
                    CommandType.STMT_SEND_LONG_DATA,
                    CommandType.STMT_FETCH,
                    CommandType.STMT_RESET,
                    CommandType.STMT_CLOSE -> true;
            default -> false;
        };
    }

    /** Whether the command puts an outcome of its own in place of the last one's: rows found and changed, warnings. */
    public static boolean hasOutcome(int code) {
        return switch (code) {
            case CommandType.PING,
                    CommandType.STATISTICS,
                    CommandType.SET_OPTION,
                    CommandType.STMT_PREPARE,
                    CommandType.STMT_SEND_LONG_DATA,
                    CommandType.STMT_RESET,
                    CommandType.STMT_CLOSE -> false;
            default -> true;
        };
    }

    /** What a command is by its first byte alone; {@link StatementClass#UNKNOWN} where that does not say it. */
    public static StatementClass of(int code) {
        return switch (code) {
            case CommandType.INIT_DB -> SCHEMA;
            case CommandType.QUIT,
                    CommandType.REFRESH,
                    CommandType.DEBUG,
                    CommandType.PING,
                    CommandType.CHANGE_USER,
                    CommandType.SET_OPTION,
                    CommandType.STMT_RESET -> SESSION;
            case CommandType.RESET_CONNECTION -> RESET;
            case CommandType.STMT_CLOSE -> CLOSE;
            case CommandType.STMT_FETCH -> FETCH;
            case CommandType.CREATE_DB -> CREATE;
            case CommandType.DROP_DB -> DROP;
            case CommandType.PROCESS_KILL -> KILL;
            default -> StatementClass.UNKNOWN;
        };
    }
}
