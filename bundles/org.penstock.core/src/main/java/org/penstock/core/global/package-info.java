/** The global section: settings of the process that every room reads. */
@NullMarked
package org.penstock.core.global;

import org.jspecify.annotations.NullMarked;
