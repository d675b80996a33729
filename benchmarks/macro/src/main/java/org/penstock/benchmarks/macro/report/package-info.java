/** What was measured, the targets of the project beside it, and how both are written. */
@NullMarked
package org.penstock.benchmarks.macro.report;

import org.jspecify.annotations.NullMarked;
