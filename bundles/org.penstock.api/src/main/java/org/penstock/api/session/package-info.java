/**
 * What the core shows and lends to modules: the session view, the tools of a session, the context of a configured instance, stores and log sinks.
 *
 * <h2>Threading</h2>
 * A {@link org.penstock.api.session.SessionView} and a {@link org.penstock.api.session.SessionContext} are used on the session's event loop only.
 * A {@link org.penstock.api.session.ModuleContext}, its store and its log sinks are safe on any thread.
 *
 * <h2>Ownership</h2>
 * Modules have no threads, timers or Netty objects of their own: work that may block goes to {@code background}, work for later to {@code after}. What a
 * module starts there ends with its session or its generation: late results are dropped, tasks not yet begun do not run.
 *
 * <h2>State over generations</h2>
 * State of one session moves as a {@link org.penstock.api.session.ModuleState}; state of an instance that must outlive a generation is kept in its
 * {@link org.penstock.api.session.Store} by configured name. Both hold JDK values only, since the successor's classes are others.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.session;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
