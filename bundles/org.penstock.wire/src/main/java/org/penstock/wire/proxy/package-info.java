/**
 * The PROXY protocol, versions 1 and 2: the line or block before the first byte of a connection that says whose connection a proxy passes on.
 *
 * @see <a href="https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt">The PROXY protocol, HAProxy</a>
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.wire.proxy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
