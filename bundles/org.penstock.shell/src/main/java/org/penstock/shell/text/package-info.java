/** Tables, details and lists as text for terminals and for scripts. */
@NullMarked
package org.penstock.shell.text;

import org.jspecify.annotations.NullMarked;
