/** The session engine of Penstock; each subpackage is a room with one reason to be opened. */
@NullMarked
package org.penstock.core;

import org.jspecify.annotations.NullMarked;
