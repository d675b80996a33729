/**
 * TLS on sockets: contexts made from configured files, watched and replaced when those change, and the handlers that they put into pipelines.
 *
 * <p>Handshakes run on the connection's event loop; files are read off the loops. A context that was replaced lives as long as connections use it.
 */
@NullMarked
package org.penstock.core.net.tls;

import org.jspecify.annotations.NullMarked;
