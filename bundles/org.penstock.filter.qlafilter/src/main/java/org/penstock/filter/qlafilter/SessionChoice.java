package org.penstock.filter.qlafilter;

import org.jspecify.annotations.Nullable;
import org.penstock.api.session.SessionView;
import org.penstock.filter.common.PatternCostException;
import org.penstock.filter.common.SessionGate;
import org.penstock.filter.common.StatementPattern;

/**
 * Which sessions are logged: by exact values, and where those are empty by patterns.
 *
 * @param gate exact account name and address
 * @param userMatch account names, or null for any
 * @param userExclude account names that are left out, or null for none
 * @param sourceMatch addresses, or null for any
 * @param sourceExclude addresses that are left out, or null for none
 */
record SessionChoice(
        SessionGate gate,
        @Nullable StatementPattern userMatch,
        @Nullable StatementPattern userExclude,
        @Nullable StatementPattern sourceMatch,
        @Nullable StatementPattern sourceExclude) {
    boolean admits(SessionView session) {
        return gate.admits(session)
                && (!gate.user().isEmpty() || chosen(userMatch, userExclude, session.user()))
                && (!gate.source().isEmpty() || chosen(sourceMatch, sourceExclude, session.clientAddress()));
    }

    /** What a pattern is too costly for is logged. */
    private static boolean chosen(@Nullable StatementPattern match, @Nullable StatementPattern exclude, String text) {
        try {
            return (match == null || match.find(text)) && (exclude == null || !exclude.find(text));
        } catch (PatternCostException e) {
            return true;
        }
    }
}
