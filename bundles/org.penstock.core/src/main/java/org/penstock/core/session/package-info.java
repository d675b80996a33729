/**
 * The session as a machine without I/O: events in, actions out. Knows neither Netty, nor OSGi, nor a clock, so that any interleaving of events can be
 * replayed from a seed.
 *
 * <pre>
 *            client bytes                                server bytes
 *                 |                                           |
 *            CommandPath -- Chain (filters, router) --   ReplyPath
 *                 |              Exchanges                    |
 *             to servers                                  to client
 * </pre>
 *
 * {@link org.penstock.core.session.SessionMachine} composes the paths and takes the events; {@link org.penstock.core.session.SessionPort} carries out the actions.
 * Everything here is used by one thread, the session's event loop.
 */
@NullMarked
package org.penstock.core.session;

import org.jspecify.annotations.NullMarked;
