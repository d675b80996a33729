/** Logs the statements of sessions to files, one per session or one for all, for audits and the search for slow or faulty SQL. */
@NullMarked
package org.penstock.filter.qlafilter;

import org.jspecify.annotations.NullMarked;
