package org.penstock.core.session.state;

import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;

/** What a statement is, as a value that outlives it. */
public record StatementClass(Operation operation, int types, int flags, TransactionEffect transactionEffect, Pin pin)
        implements Statement {
    /** Nothing is known: for the primary. */
    public static final StatementClass UNKNOWN = of(Operation.UNDEFINED, Types.WRITE, Flags.UNKNOWN_VERB);

    static StatementClass of(Operation operation, int types, int flags) {
        return new StatementClass(operation, types, flags, TransactionEffect.NONE, Pin.NONE);
    }

    public static StatementClass of(Statement statement) {
        return statement instanceof StatementClass value
                ? value
                : new StatementClass(
                        statement.operation(),
                        statement.types(),
                        statement.flags(),
                        statement.transactionEffect(),
                        statement.pin());
    }

    /** What executing a prepared statement is, by the classification of its preparation. */
    public static StatementClass prepared(Statement preparation) {
        StatementClass read = of(preparation);
        return new StatementClass(
                read.operation, read.types & ~Types.PREPARE_STMT, read.flags, read.transactionEffect, read.pin);
    }
}
