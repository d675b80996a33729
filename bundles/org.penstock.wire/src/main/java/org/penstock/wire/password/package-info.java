/** The arithmetic of password proofs by SHA-256 and of passwords that cross a connection encrypted with RSA. Arrays given are never kept. */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.wire.password;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
