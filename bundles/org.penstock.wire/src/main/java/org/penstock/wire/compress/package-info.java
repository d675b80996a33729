/**
 * The compressed protocol: packets in frames of zlib, each with its own header of length, number and length before compression. Pure; used by one thread at a time;
 * compressors and decompressors hold memory outside of the heap until they are closed.
 *
 * @see <a href="https://mariadb.com/kb/en/0-packet/#compressed-packet">Compressed packet, MariaDB</a>
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.wire.compress;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
