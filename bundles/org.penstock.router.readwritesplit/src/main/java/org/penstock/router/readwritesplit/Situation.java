package org.penstock.router.readwritesplit;

import org.penstock.api.statement.Transaction;

/**
 * Where a session stands when a statement arrives.
 *
 * @param transaction the transaction that it is in
 * @param pinned whether it stays with one server
 * @param pinnedToPrimary whether that server is its primary
 * @param primaryOnly whether what one server alone need execute is for the primary: SET TRANSACTION has said something about the next transaction or the
 *     present one, or the server is lost at which the session was SERIALIZABLE
 */
record Situation(Transaction transaction, boolean pinned, boolean pinnedToPrimary, boolean primaryOnly) {
    /** Nothing is open, and nothing holds the session. */
    static final Situation FREE = new Situation(Transaction.NONE, false, false, false);
}
