/** Levels and files of the log at run time. */
@NullMarked
package org.penstock.shell.log;

import org.jspecify.annotations.NullMarked;
