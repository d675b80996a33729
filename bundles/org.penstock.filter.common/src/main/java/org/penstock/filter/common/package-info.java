/**
 * What filters with patterns and gates share: the session gate, PCRE-like patterns with a bounded cost, replacements. Not a bundle of its own at run time:
 * each filter's bundle holds a private copy, so that no module is wired to another.
 */
@NullMarked
package org.penstock.filter.common;

import org.jspecify.annotations.NullMarked;
