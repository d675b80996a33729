/** Replies of a server followed by packet headers: where each part and the whole reply end, without looking into rows. */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.wire.reply;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
