/**
 * Router that sends writes to the primary, changes of the session to all of its servers, and shares everything else out among the replicas. Policy only: the
 * class of a statement, the transaction, pins, history and prepared statements are the core's.
 *
 * <p>One command takes this way: {@link org.penstock.router.readwritesplit.Targets} says what kind of target it has,
 * {@link org.penstock.router.readwritesplit.Servers} which server that is at present, {@link org.penstock.router.readwritesplit.Waiting} holds it when there is
 * none, {@link org.penstock.router.readwritesplit.Figures} count it.
 */
@NullMarked
package org.penstock.router.readwritesplit;

import org.jspecify.annotations.NullMarked;
