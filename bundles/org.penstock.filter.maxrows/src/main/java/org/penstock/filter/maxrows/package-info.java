/** Keeps results beyond a number of rows or bytes from the client, to protect it and the network from statements without a limit. */
@NullMarked
package org.penstock.filter.maxrows;

import org.jspecify.annotations.NullMarked;
