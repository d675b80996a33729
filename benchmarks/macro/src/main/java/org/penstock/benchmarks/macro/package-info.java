/** The macro benchmark: proxies in turns in front of real servers, under the same load. */
@NullMarked
package org.penstock.benchmarks.macro;

import org.jspecify.annotations.NullMarked;
