/** The command that records where a target spends its time. */
@NullMarked
package org.penstock.benchmarks.macro.profile;

import org.jspecify.annotations.NullMarked;
