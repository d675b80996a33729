/**
 * The contract of filters: modules that watch, change, answer or hold what passes between a client and the router of its service.
 *
 * <h2>Purpose</h2>
 * A {@link org.penstock.api.filter.Filter} is one configured instance, a {@link org.penstock.api.filter.FilterSession} its part in one session. Filters of a
 * service see commands in the configured order, replies in the reverse of it. No filter calls the next one: it returns a verdict, and the core goes on.
 *
 * <h2>Life cycle</h2>
 * The component is activated inertly: its constructor checks the configuration and opens nothing. The core calls {@code start} when the instance joins a plan,
 * {@code open} for each session of it, in mid-session too, and {@code stop} after the last of its sessions has left. When a new generation of the same
 * configured name takes over a session, the core calls, between two commands and on the session's loop: {@code exportState} on the old part, {@code open} on the
 * new instance, {@code importState} on its part, {@code close} on the old part. When one of the first three throws, the old part serves on.
 *
 * <h2>Threading</h2>
 * {@code start} and {@code stop} run on a thread of the core. Everything of a {@code FilterSession} runs on its session's event loop, one call at a time, and must
 * not block. State of a session needs no lock; state that sessions share must be thread-safe.
 *
 * <h2>Ordering and back-pressure</h2>
 * Commands are shown in the order in which the client sent them, each once, after earlier commands were decided; replies in the order of their commands. While a hold is
 * open no later command is shown and the client is not read. {@link org.penstock.api.command.ReplyInterest#collect} keeps a reply back within its bounds.
 *
 * <h2>Ownership</h2>
 * Views are borrowed until return. Arrays in verdicts pass to the core.
 *
 * <h2>Failure</h2>
 * An exception from a callback ends the session with error 1105 that names the filter, is counted, and touches no other session. A filter that is missing
 * is never bypassed: commands wait for its successor, at most {@code module_wait_timeout}, then fail.
 *
 * <h2>Example</h2>
 * The bundle {@code org.penstock.filter.qlafilter} watches, {@code org.penstock.filter.regexfilter} rewrites commands, {@code org.penstock.filter.maxrows} replaces replies.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.filter;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
