/** Idle server connections that wait for another session: kept for each loop under a cap for each server, reset as soon as a session leaves them. */
@NullMarked
package org.penstock.core.net.pool;

import org.jspecify.annotations.NullMarked;
