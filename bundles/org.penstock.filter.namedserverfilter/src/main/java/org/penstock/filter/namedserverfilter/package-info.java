/** Sends statements whose text matches a regular expression to named servers, by hints for the router. */
@NullMarked
package org.penstock.filter.namedserverfilter;

import org.jspecify.annotations.NullMarked;
