/** The client of the operators' console; the protocol is described in docs/console-protocol.md. */
@NullMarked
package org.penstock.launcher.console;

import org.jspecify.annotations.NullMarked;
