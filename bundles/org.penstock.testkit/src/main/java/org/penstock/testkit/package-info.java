/**
 * Fakes of the contract for unit tests of modules, without a core and without a framework.
 *
 * <h2>Use</h2>
 * {@link org.penstock.testkit.FilterRig} drives one filter in one session as the core does: it shows the filter what its interest asks for, voids every view
 * when the call returns, and answers with what the server and the client would have received. The other classes stand alone.
 *
 * <h2>Threading</h2>
 * Everything is used on the thread of the test. Background tasks and timers run when the test says so.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
