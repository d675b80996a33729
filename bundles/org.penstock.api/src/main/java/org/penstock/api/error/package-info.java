/** Errors that cross the border between modules, core, servers and clients. */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
