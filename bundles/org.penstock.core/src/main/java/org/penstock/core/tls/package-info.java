/** TLS as it is configured: parameters, certificate files and who is trusted. Plain values of the JDK, without I/O on sockets. */
@NullMarked
package org.penstock.core.tls;

import org.jspecify.annotations.NullMarked;
