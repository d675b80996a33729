/**
 * Monitors at work: their ticks, the connections that they ask over, what they report, and the scripts that run on a change.
 *
 * <p>What a monitor reports, {@link org.penstock.core.server.Servers} keeps. A monitor's ticks never overlap; its generations change between two of them.
 */
@NullMarked
package org.penstock.core.monitor;

import org.jspecify.annotations.NullMarked;
