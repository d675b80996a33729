/**
 * The MariaDB and MySQL protocol as a pure library: constants, the cursor and the builder of payloads, framing, and the arithmetic of native passwords.
 *
 * <p>Nothing here does I/O, starts a thread or logs. Bytes that do not fit the protocol are answered by a {@link org.penstock.wire.CodecException}.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.wire;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
