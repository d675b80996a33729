/** JSON text (RFC 8259) as values: what MariaDB keeps of accounts, and files that an operator writes. */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.wire.json;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
