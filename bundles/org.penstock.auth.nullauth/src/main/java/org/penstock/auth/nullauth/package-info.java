/** The authenticators NullAuthAllow and NullAuthDeny of MaxScale 2.1: everybody, and nobody. */
@NullMarked
package org.penstock.auth.nullauth;

import org.jspecify.annotations.NullMarked;
