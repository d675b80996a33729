/** Commands that a module adds to the administration interfaces: {@code call command <module> <name> <arguments>}. */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.module;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
