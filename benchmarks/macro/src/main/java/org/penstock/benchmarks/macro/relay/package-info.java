/** The bare Netty relay that shows what a proxy of this kind can reach at best. */
@NullMarked
package org.penstock.benchmarks.macro.relay;

import org.jspecify.annotations.NullMarked;
