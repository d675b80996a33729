package org.penstock.core.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.wire.CommandType;

/**
 * The errors of COM_STMT_SEND_LONG_DATA, which has no reply of its own: as at servers the next execution of that statement fails with it.
 * See <a href="https://mariadb.com/kb/en/com_stmt_send_long_data/">COM_STMT_SEND_LONG_DATA</a>.
 */
final class RefusedData {
    /** Statements whose error is kept at most; the first is forgotten for a further one. */
    static final int MAX_STATEMENTS = 256;

    private final Map<Integer, Answer.Failure> failures = new LinkedHashMap<>(0);

    /** Long data of a statement was refused. */
    void refused(int statement, Answer.Failure failure) {
        if (failures.size() >= MAX_STATEMENTS && !failures.containsKey(statement)) {
            failures.remove(failures.keySet().iterator().next());
        }
        failures.put(statement, failure);
    }

    /** A command comes that uses a statement: the answer to it in place of the server's, or null. */
    @Nullable
    Answer take(int code, int statement) {
        if (failures.isEmpty()) {
            return null;
        }
        return switch (code) {
            case CommandType.STMT_EXECUTE, CommandType.STMT_BULK_EXECUTE -> failures.remove(statement);
            case CommandType.STMT_RESET, CommandType.STMT_CLOSE -> {
                failures.remove(statement);
                yield null;
            }
            case CommandType.RESET_CONNECTION, CommandType.CHANGE_USER -> {
                failures.clear();
                yield null;
            }
            default -> null;
        };
    }
}
