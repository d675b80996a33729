package org.penstock.router.readwritesplit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.api.router.RouterContext;
import org.penstock.api.session.ModuleState;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.Transaction;

/** What one session has to remember between two commands: where its transaction is, and whether SET TRANSACTION still counts. */
final class Standing {
    private static final String PRIMARY = "primary";
    private static final String TRANSACTION_ON = "transactionOn";
    private static final String LAST = "last";
    private static final String NEXT = "next";
    private static final String ROUTED = "routed";
    private static final String AGE = "ageNanos";

    /** What SET TRANSACTION has said. */
    private enum Next {
        NOTHING,
        SAID,
        /** The transaction that it spoke of is open. */
        BEGUN
    }

    private @Nullable String transactionOn;
    /** Where the last command went when that was one server. */
    private @Nullable String last;

    private Next next = Next.NOTHING;

    /** Where the session stands as the next command arrives. */
    Situation observe(RouterContext context, @Nullable String primary) {
        Transaction transaction = context.transaction();
        if (!transaction.open()) {
            transactionOn = null;
            if (next == Next.BEGUN) {
                next = Next.NOTHING;
            }
        } else {
            transactionOn = on(transaction, context.transactionOn(), primary);
            if (next == Next.SAID) {
                next = Next.BEGUN;
            }
        }
        String pinnedTo = context.pins().isEmpty() ? null : context.pinnedTo();
        // SERIALIZABLE is left of a connection that is gone
        boolean primaryOnly =
                next != Next.NOTHING || (pinnedTo == null && !context.pins().isEmpty());
        if (pinnedTo == null && !transaction.open() && !primaryOnly) {
            return Situation.FREE;
        }
        return new Situation(transaction, pinnedTo != null, pinnedTo != null && pinnedTo.equals(primary), primaryOnly);
    }

    /** Where the transaction is. Between two of them, while autocommit is off, one that writes begins on the primary, wherever the last one was. */
    private @Nullable String on(Transaction transaction, @Nullable String known, @Nullable String primary) {
        if (known != null) {
            return known;
        }
        String before = transactionOn != null ? transactionOn : last;
        return transaction == Transaction.READ_WRITE && before != null && !before.equals(primary) ? null : before;
    }

    /** A command was sent to one server. */
    void sent(Order order, String server) {
        last = server;
        if (order.placement() == Placement.NEXT_TRANSACTION) {
            next = Next.SAID;
        } else if (next == Next.SAID && !order.begins()) {
            next = Next.NOTHING;
        }
    }

    /** A command was sent to all servers. */
    void sentToAll() {
        last = null;
    }

    /** The server of the open transaction; null when there is none, or when nothing of it was sent yet. */
    @Nullable
    String transactionOn() {
        return transactionOn;
    }

    /** The server that a transaction which is open now is on; null when nothing of it was sent yet. */
    @Nullable
    String holder() {
        return transactionOn != null ? transactionOn : last;
    }

    /** The next command begins a transaction elsewhere. */
    void leave() {
        transactionOn = null;
    }

    Map<String, Object> export(@Nullable String primary, boolean routed, long ageNanos) {
        Map<String, Object> values = new HashMap<>();
        put(values, PRIMARY, primary);
        put(values, TRANSACTION_ON, transactionOn);
        put(values, LAST, last);
        values.put(NEXT, next.name());
        values.put(ROUTED, routed);
        values.put(AGE, ageNanos);
        return values;
    }

    void take(ModuleState state) {
        transactionOn = state.values().containsKey(TRANSACTION_ON) ? state.getString(TRANSACTION_ON, "") : null;
        last = state.values().containsKey(LAST) ? state.getString(LAST, "") : null;
        String said = state.getString(NEXT, Next.NOTHING.name());
        for (Next known : Next.values()) {
            if (known.name().equals(said)) {
                next = known;
            }
        }
    }

    /** The primary that a session had in the generation before; null for none. */
    static @Nullable String primaryIn(ModuleState state) {
        return state.values().containsKey(PRIMARY) ? state.getString(PRIMARY, "") : null;
    }

    /** Whether the session had routed a command before. */
    static boolean routedIn(ModuleState state) {
        return state.getBoolean(ROUTED, true);
    }

    static long ageIn(ModuleState state) {
        return state.getLong(AGE, 0);
    }

    private static void put(Map<String, Object> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
