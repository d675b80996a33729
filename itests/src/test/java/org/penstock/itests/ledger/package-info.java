/** Clients that keep a ledger of what they wrote and check what they read, while servers come and go. */
package org.penstock.itests.ledger;
