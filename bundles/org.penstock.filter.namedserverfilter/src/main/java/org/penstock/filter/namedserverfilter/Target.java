package org.penstock.filter.namedserverfilter;

import java.util.List;
import org.penstock.api.statement.Hint;
import org.penstock.filter.common.StatementPattern;

/**
 * Where statements go that a pattern matches.
 *
 * @param match the pattern
 * @param hints for the router
 */
record Target(StatementPattern match, List<Hint> hints) {
    Target {
        hints = List.copyOf(hints);
    }
}
