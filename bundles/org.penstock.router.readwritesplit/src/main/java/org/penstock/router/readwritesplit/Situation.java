package org.penstock.router.readwritesplit;

import org.penstock.api.statement.Transaction;

/**
 * Where a session stands when a statement arrives.
 *
 * @param transaction the transaction that it is in
 * @param pinned whether it stays with one server
 * @param pinnedToPrimary whether that server is its primary
 * @param nextIsSet whether SET TRANSACTION has said something about the next transaction, or the present one
 */
record Situation(Transaction transaction, boolean pinned, boolean pinnedToPrimary, boolean nextIsSet) {
    /** Nothing is open, and nothing holds the session. */
    static final Situation FREE = new Situation(Transaction.NONE, false, false, false);
}
