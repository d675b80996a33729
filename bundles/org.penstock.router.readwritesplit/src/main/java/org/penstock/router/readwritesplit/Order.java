package org.penstock.router.readwritesplit;

import java.util.List;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;

/**
 * What is left of a statement once its target is known; outlives the call that lent the statement.
 *
 * @param target what kind of target it has
 * @param hints those that may name a server
 * @param placement where it may run by its text
 * @param effect what it does to the transaction
 * @param flags bits of {@link org.penstock.api.statement.Flags}
 * @param pin why the session stays with the primary afterwards
 * @param binds whether the session stays with the server that executes it, or has a transaction there
 * @param writes whether it changes data, or may, and does not end the transaction that it finds
 * @param retry whether it goes to another server when this one is lost
 */
record Order(
        Target target,
        List<Hint> hints,
        Placement placement,
        TransactionEffect effect,
        int flags,
        Pin pin,
        boolean binds,
        boolean writes,
        boolean retry) {
    static Order of(Statement statement, Target target, List<Hint> hints, Pin pin, boolean retry) {
        return new Order(
                target,
                hints,
                statement.placement(),
                statement.transactionEffect(),
                statement.flags(),
                pin,
                binds(statement),
                writes(statement),
                retry);
    }

    private static boolean writes(Statement statement) {
        return statement.is(Types.WRITE)
                && switch (statement.transactionEffect()) {
                    case NONE, UNKNOWN -> true;
                    default -> false;
                };
    }

    private static boolean binds(Statement statement) {
        boolean transaction =
                switch (statement.transactionEffect()) {
                    case AUTOCOMMIT_OFF -> true;
                    case UNKNOWN -> statement.operation() == Operation.SET;
                    default -> false;
                };
        return transaction || statement.pin() != Pin.NONE || statement.has(Flags.SET_WITH_EFFECTS | Flags.CUT);
    }

    boolean read() {
        return placement == Placement.ANY || placement == Placement.PREVIOUS;
    }

    /** Whether a transaction begins, as far as the text says. */
    boolean begins() {
        return switch (effect) {
            case BEGIN, BEGIN_READ_ONLY, BEGIN_READ_WRITE -> true;
            default -> false;
        };
    }

    boolean has(int flagBits) {
        return (flags & flagBits) != 0;
    }

    /** Whether a primary is what is missing when there is no server. */
    boolean needsPrimary() {
        return switch (target) {
            case REPLICA, REPLICA_FOR_TRANSACTION, ALL -> false;
            default -> true;
        };
    }
}
