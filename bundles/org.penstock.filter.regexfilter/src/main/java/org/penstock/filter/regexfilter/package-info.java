/** Rewrites the text of statements by a regular expression, for applications whose SQL cannot be changed. */
@NullMarked
package org.penstock.filter.regexfilter;

import org.jspecify.annotations.NullMarked;
