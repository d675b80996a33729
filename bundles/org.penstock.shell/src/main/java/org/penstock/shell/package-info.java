/** What the commands of the shell have in common: where they find the management model, and what they say about themselves. */
@NullMarked
package org.penstock.shell;

import org.jspecify.annotations.NullMarked;
