/**
 * Servers: settings, status, counters and the registry of all of them.
 *
 * <p>A server's object stays the same while its section exists; settings, status and facts are immutable values that are replaced in it.
 */
@NullMarked
package org.penstock.core.server;

import org.jspecify.annotations.NullMarked;
