/** The bundled load generator: a client of its own with blocking sockets, and the programs made of it. */
@NullMarked
package org.penstock.benchmarks.macro.client;

import org.jspecify.annotations.NullMarked;
