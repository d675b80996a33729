/** The commands of scope {@code penstock}, a class for each verb. */
@NullMarked
package org.penstock.shell.command;

import org.jspecify.annotations.NullMarked;
