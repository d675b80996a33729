/** The console socket: one Gogo session for each connection, see docs/console-protocol.md. */
@NullMarked
package org.penstock.shell.console;

import org.jspecify.annotations.NullMarked;
