/**
 * The contract of routers: modules that decide where a command goes. The core sends, follows the reply, and keeps the connections.
 *
 * <h2>Purpose</h2>
 * A {@link org.penstock.api.router.Router} is the configured router of one service, a {@link org.penstock.api.router.RouterSession} its part in one session.
 * For each command that passed the filters it returns a {@link org.penstock.api.router.Route}.
 *
 * <h2>Life cycle</h2>
 * As of filters: inert activation, {@code start}, {@code open} per session, {@code stop}. A new generation takes over a session between two commands; the
 * session's server connections stay, and the new part finds them in {@link org.penstock.api.router.RouterContext#connected()}.
 *
 * <h2>Threading</h2>
 * A {@code RouterSession} runs on its session's event loop and must not block. Servers are shared snapshots that may change between two looks.
 *
 * <h2>Ordering and back-pressure</h2>
 * A pipelined command that is routed elsewhere than the ones before it waits until those have ended. A streamed answer is pulled: the core asks for more when the client reads.
 *
 * <h2>What the core does</h2>
 * Framing, following replies, connections. And, where {@link org.penstock.api.router.RouterSession#needs} asks for it: classification of statements; the transaction, by the text
 * and corrected by the server; pins, temporary tables; prepared statements, under ids that the client keeps whatever server runs them; the history of session
 * commands, repeated on each connection that is opened later, before its first use; a command that was lost with its server, routed anew. So a router is policy, and another
 * generation of it enters a session in the middle of a transaction.
 *
 * <h2>Ownership</h2>
 * As of filters.
 *
 * <h2>Failure</h2>
 * An exception ends the session with error 1105 that names the service. A lost connection is told to {@code onConnectionLost}, which decides between going on
 * and ending the session; the command in flight on it, if any, fails in either case.
 *
 * <h2>Example</h2>
 * The bundle {@code org.penstock.router.readconnroute}.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.router;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
