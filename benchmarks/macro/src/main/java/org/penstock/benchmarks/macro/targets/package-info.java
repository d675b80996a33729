/** What is measured: the servers, the proxies in front of them, and how each is started. */
@NullMarked
package org.penstock.benchmarks.macro.targets;

import org.jspecify.annotations.NullMarked;
