package org.penstock.router.readwritesplit;

import java.util.List;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.Transaction;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;

/**
 * The decision what kind of target a statement has: of the statement, where the session stands and the parameters alone. In this order:
 * <ol>
 * <li>what changes the session goes to all of its servers;
 * <li>while the session stays with a server, or has a transaction, the statement goes to that server;
 * <li>between SET TRANSACTION and the end of the next transaction it goes to the primary, which alone knows of it;
 * <li>else the class of the statement decides;
 * <li>and hints beat all but the first; the one that says all servers counts for reads alone, since everything else would be done several times.
 * </ol>
 */
final class Targets {
    private final ReadWriteSplitSettings.TargetRules rules;

    Targets(ReadWriteSplitSettings.TargetRules rules) {
        this.rules = rules;
    }

    /** The target by statement and session, without hints. */
    Target of(Statement statement, Situation now) {
        Placement placement = statement.placement();
        if (placement == Placement.ALL && !setsVariablesOnPrimary(statement)) {
            return Target.ALL;
        }
        if (now.transaction() == Transaction.READ_ONLY && !now.pinned() && leavesTransaction(statement)) {
            return Target.PRIMARY_LEAVING_TRANSACTION;
        }
        if (now.pinned()) {
            return now.pinnedToPrimary() || !mustWrite(statement) ? Target.PINNED : Target.PRIMARY;
        }
        if (now.transaction().open()) {
            return Target.TRANSACTION;
        }
        if (now.primaryOnly()) {
            return Target.PRIMARY;
        }
        return switch (placement) {
            case ANY -> readsVariablesOnPrimary(statement) ? Target.PRIMARY : Target.REPLICA;
            case PREVIOUS -> Target.PREVIOUS;
            case ALL, NEXT_TRANSACTION, PREPARED, PROXY, PRIMARY ->
                statement.transactionEffect() == TransactionEffect.BEGIN_READ_ONLY
                        ? Target.REPLICA_FOR_TRANSACTION
                        : Target.PRIMARY;
        };
    }

    /** The target after the hints that name a role; those that name a server or a lag are for {@link Servers#hinted}. */
    static Target hinted(Target target, Placement placement, List<Hint> hints) {
        if (target == Target.ALL) {
            return target;
        }
        Target hinted = target;
        for (Hint hint : hints) {
            if (hint instanceof Hint.ToPrimary) {
                return Target.PRIMARY;
            } else if (hint instanceof Hint.ToAll && placement == Placement.ANY) {
                return Target.ALL;
            } else if (hint instanceof Hint.ToReplica) {
                hinted = Target.REPLICA;
            } else if (hint instanceof Hint.ToLast) {
                hinted = Target.PREVIOUS;
            }
        }
        return hinted;
    }

    /** Why the session stays with the primary after this statement, by the strict parameters; {@link Pin#NONE} when it does not. */
    Pin pin(Statement statement) {
        return switch (statement.pin()) {
            case MULTI_STATEMENT, COMPOUND -> rules.pinsAfterSeveral() ? statement.pin() : Pin.NONE;
            case CALL -> rules.pinsAfterCall() ? Pin.CALL : Pin.NONE;
            default -> Pin.NONE;
        };
    }

    private boolean setsVariablesOnPrimary(Statement statement) {
        return rules.variables() == VariablePlace.MASTER
                && statement.operation() == Operation.SELECT
                && statement.is(Types.USERVAR_WRITE);
    }

    private boolean readsVariablesOnPrimary(Statement statement) {
        return rules.variables() == VariablePlace.MASTER && statement.is(Types.USERVAR_READ);
    }

    /** Whether a statement commits the transaction that it finds, and begins what a replica must not get. */
    private static boolean leavesTransaction(Statement statement) {
        return switch (statement.transactionEffect()) {
            case BEGIN, BEGIN_READ_WRITE -> true;
            default ->
                statement.has(Flags.COMMITS)
                        || (!statement.has(Flags.UNPINS)
                                && switch (statement.pin()) {
                                    case LOCK_TABLES, BACKUP, HANDLER, XA -> true;
                                    default -> false;
                                });
        };
    }

    private static boolean mustWrite(Statement statement) {
        return statement.placement() == Placement.PRIMARY && statement.is(Types.WRITE) && !statement.has(Flags.UNPINS);
    }
}
