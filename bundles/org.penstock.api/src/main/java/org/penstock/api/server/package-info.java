/** Servers as modules see them: immutable snapshots of address, parameters, status and load, and the results of questions asked to them. */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.server;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
