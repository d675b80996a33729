/** Processes that the benchmark starts, and what the kernel and the JVM say about them. */
@NullMarked
package org.penstock.benchmarks.macro.process;

import org.jspecify.annotations.NullMarked;
