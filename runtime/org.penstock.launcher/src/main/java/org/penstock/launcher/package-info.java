/**
 * The process around the framework: one data directory, one pid file, signals, readiness and exit codes.
 *
 * <p>Nothing of this package is visible to bundles; they meet it only through framework properties and the
 * service properties that {@link org.penstock.launcher.ReadyWatch} and {@link org.penstock.launcher.ServiceSignals}
 * look for.
 */
@NullMarked
package org.penstock.launcher;

import org.jspecify.annotations.NullMarked;
