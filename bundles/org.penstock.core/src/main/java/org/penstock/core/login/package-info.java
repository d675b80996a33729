/** Pending logins: a client from its first byte to its acceptance, without I/O. */
@NullMarked
package org.penstock.core.login;

import org.jspecify.annotations.NullMarked;
