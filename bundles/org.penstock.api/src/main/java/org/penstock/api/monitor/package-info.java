/**
 * The contract of monitors: modules that find out what each server is.
 *
 * <h2>Purpose</h2>
 * A {@link org.penstock.api.monitor.Monitor} is one configured instance. At every interval the core calls its {@code tick}, which asks the servers and reports
 * a status mask and facts for each. The core keeps the servers' status, logs transitions once, and runs the configured script.
 *
 * <h2>Life cycle</h2>
 * Ticks of one configured name never overlap, and only one generation holds them. A new generation is swapped in between two ticks and imports the
 * state that its predecessor exported: it knows the topology from its first tick on.
 *
 * <h2>Threading</h2>
 * {@code tick} is called on a core thread and returns at once; questions complete on a loop. Calls of one monitor do not overlap.
 *
 * <h2>Ordering and back-pressure</h2>
 * One question at a time per server and connection; a question has a deadline, after which its connection is dropped and opened anew at the next tick.
 *
 * <h2>Ownership</h2>
 * Results and reports are immutable values.
 *
 * <h2>Failure</h2>
 * A tick that throws, completes exceptionally or exceeds its bound leaves every status as it was and is logged once until a tick succeeds. A server that cannot be asked is Down.
 *
 * <h2>Example</h2>
 * The bundle {@code org.penstock.monitor.mysqlmon}.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.monitor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
