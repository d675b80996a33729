package org.penstock.router.readwritesplit;

import org.jspecify.annotations.Nullable;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterContext;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.TransactionEffect;

/** Which statements get an error in place of a wrong answer, or of a place at a server where they might do harm. What carries a hint goes where the hint says. */
final class Refusals {
    /** The client may send several statements in one. */
    private static final long MULTI_STATEMENTS = 1L << 16;

    private final RouterContext context;
    private final Primary primary;

    Refusals(RouterContext context, Primary primary) {
        this.context = context;
        this.primary = primary;
    }

    /** The error in place of a statement that no server can answer, or null. */
    @Nullable
    Route of(Order order) {
        return order.hints().isEmpty() && asksPrevious(order) && context.previousLost()
                ? Errors.PREVIOUS_ELSEWHERE
                : null;
    }

    /** The error in place of a statement that would go to this server, or null. */
    @Nullable
    Route of(Order order, String server) {
        if (!order.hints().isEmpty()) {
            return null;
        }
        if (asksPrevious(order) && elsewhere(server)) {
            return Errors.PREVIOUS_ELSEWHERE;
        }
        return order.target() == Target.TRANSACTION && !primary.is(server) ? onReplica(order, server) : null;
    }

    /** The error in place of a statement in a transaction that is not on the primary, or null. */
    private @Nullable Route onReplica(Order order, String server) {
        return switch (context.transaction()) {
            case NONE -> null;
            case READ_ONLY ->
                order.has(Flags.USER_LOCK)
                        ? Errors.LOCK_IN_READ_ONLY
                        : mayEndIt(order) ? Errors.UNKNOWN_IN_READ_ONLY : null;
            case READ_WRITE ->
                order.writes() && server.equals(context.transactionOn()) ? Errors.WRITE_ON_REPLICA : null;
        };
    }

    private static boolean asksPrevious(Order order) {
        return order.has(Flags.RELATES_TO_PREVIOUS | Flags.DIAGNOSTICS);
    }

    /** Whether another server knows what became of the previous statement. */
    private boolean elsewhere(String server) {
        String previous = context.previous();
        return previous != null && !previous.equals(server);
    }

    /** Whether the statement may end the transaction and go on with a write: what it does is not known. */
    private boolean mayEndIt(Order order) {
        boolean cut = order.has(Flags.CUT) && (context.capabilities() & MULTI_STATEMENTS) != 0;
        return cut || order.effect() == TransactionEffect.UNKNOWN || order.has(Flags.UNKNOWN_VERB);
    }
}
