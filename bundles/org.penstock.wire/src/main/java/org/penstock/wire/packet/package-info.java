/** Packets as immutable records: {@code decode} takes a payload without its header, {@code encode} gives one. */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.wire.packet;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
