/** The steps of a run, each with figures of its own. */
@NullMarked
package org.penstock.benchmarks.macro.step;

import org.jspecify.annotations.NullMarked;
