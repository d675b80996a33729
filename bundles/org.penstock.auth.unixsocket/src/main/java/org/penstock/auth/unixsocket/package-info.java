/** Authentication by unix_socket and auth_socket: the kernel says which user of the operating system is at the other end of a unix socket. */
@NullMarked
package org.penstock.auth.unixsocket;

import org.jspecify.annotations.NullMarked;
