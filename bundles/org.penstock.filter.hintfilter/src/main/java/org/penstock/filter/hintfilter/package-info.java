/** Reads routing hints in the comments of statements and gives them to the router. */
@NullMarked
package org.penstock.filter.hintfilter;

import org.jspecify.annotations.NullMarked;
