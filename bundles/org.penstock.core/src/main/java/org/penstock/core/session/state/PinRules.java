package org.penstock.core.session.state;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;
import org.penstock.wire.packet.SessionChange;

/** Which statements keep their session where they were executed, by themselves and by what the server reports of them. */
public final class PinRules {
    private PinRules() {}

    /** Why the session stays there from when the statement is sent, or NONE; {@code toAll} says that every server gets it. */
    public static Pin of(Statement statement, boolean toAll) {
        if (statement.has(Flags.UNPINS)) {
            return Pin.NONE;
        }
        return switch (statement.pin()) {
            case XA, LOCK_TABLES, BACKUP, HANDLER, SERIALIZABLE, SESSION_STATE -> statement.pin();
            case NONE, MULTI_STATEMENT, COMPOUND, CALL ->
                statement.has(Flags.SET_WITH_EFFECTS) || unread(statement) || (!toAll && sets(statement))
                        ? Pin.SESSION_STATE
                        : Pin.NONE;
        };
    }

    /** Whether it sets variables, or may, and can be executed on one server only, so that the others do not get them. */
    private static boolean sets(Statement statement) {
        boolean out = statement.operation() == Operation.CALL && statement.is(Types.USERVAR_READ);
        boolean first = statement.has(Flags.MULTI_STATEMENT)
                && statement.is(Types.SESSION_WRITE)
                && statement.operation() != Operation.CHANGE_DB;
        return out || first || (statement.is(Types.USERVAR_WRITE) && statement.placement() != Placement.ALL);
    }

    /** Whether what was not read of a statement may change the session's state. */
    private static boolean unread(Statement statement) {
        return statement.has(Flags.CUT)
                && switch (statement.operation()) {
                    case INSERT,
                            UPDATE,
                            DELETE,
                            LOAD,
                            LOAD_LOCAL,
                            CREATE,
                            CREATE_TABLE,
                            CREATE_USER,
                            CREATE_ROLE,
                            ALTER,
                            ALTER_TABLE,
                            DROP,
                            DROP_TABLE,
                            GRANT,
                            REVOKE,
                            TRUNCATE,
                            KILL,
                            CALL -> false;
                    case UNDEFINED, CHANGE_DB, EXECUTE, EXPLAIN, SELECT, SET, SET_TRANSACTION, SHOW, SHOW_DATABASES ->
                        true;
                };
    }

    /**
     * Whether a statement that ended with an error may have done some of what it says all the same: of several statements the first ones, of a block any. Of
     * the former {@code results} tells, the replies that came before the error.
     */
    public static boolean partly(Statement statement, boolean results) {
        boolean several =
                statement.has(Flags.MULTI_STATEMENT) || statement.transactionEffect() == TransactionEffect.UNKNOWN;
        return statement.pin() == Pin.COMPOUND || (results && several);
    }

    /** Whether the server that executed a statement differs from the others now in something that is not followed; the default database is. */
    public static boolean changedThereOnly(Statement statement, boolean toAll, @Nullable List<SessionChange> changes) {
        if (changes == null || toAll) {
            return false;
        }
        for (SessionChange change : changes) {
            boolean followed =
                    switch (change.type()) {
                        case SessionChange.SYSTEM_VARIABLE ->
                            change.name().equalsIgnoreCase("autocommit")
                                    || change.name().equalsIgnoreCase("last_gtid");
                        case SessionChange.STATE_CHANGE -> statement.has(Flags.TEMPORARY);
                        case SessionChange.SCHEMA -> true;
                        default -> true;
                    };
            if (!followed) {
                return true;
            }
        }
        return false;
    }
}
