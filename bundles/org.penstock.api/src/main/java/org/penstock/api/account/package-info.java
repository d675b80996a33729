/**
 * Accounts: who may log in, as the servers of a service say it.
 *
 * <h2>Purpose</h2>
 * The core keeps one immutable {@link org.penstock.api.account.AccountSet} per service. An {@link org.penstock.api.account.AccountSource}, registered by a dialect's
 * bundle, reads it from a server over a service connection; the core decides when, from where, and how often.
 *
 * <h2>Threading</h2>
 * A load runs off the session loops; it returns at once and completes later. Sets are immutable.
 *
 * <h2>Failure</h2>
 * A load that fails leaves the former set in use.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.account;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
