/** Workloads, and the two generators that can drive them. */
@NullMarked
package org.penstock.benchmarks.macro.load;

import org.jspecify.annotations.NullMarked;
