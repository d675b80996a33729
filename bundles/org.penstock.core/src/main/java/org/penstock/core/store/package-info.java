/**
 * What the core keeps for configured instances over their generations: stores of values in memory, and log files that one thread writes.
 */
@NullMarked
package org.penstock.core.store;

import org.jspecify.annotations.NullMarked;
