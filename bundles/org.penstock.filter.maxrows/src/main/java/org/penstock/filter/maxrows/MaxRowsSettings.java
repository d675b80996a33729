package org.penstock.filter.maxrows;

import org.penstock.api.command.ReplyInterest;
import org.penstock.filter.common.Parameters;

/**
 * The parameters of one maxrows section.
 *
 * @param maxRows most rows
 * @param maxBytes most bytes
 * @param instead what the client gets beyond
 * @param logDecisions whether replies that are looked at are logged
 * @param logLimits whether replies beyond a limit are logged
 */
record MaxRowsSettings(long maxRows, long maxBytes, Instead instead, boolean logDecisions, boolean logLimits) {
    private static final int DECISIONS = 1;
    private static final int LIMITS = 2;

    /** What takes the place of a reply; in lower case the words of {@code max_resultset_return}. */
    enum Instead {
        EMPTY,
        ERROR,
        OK
    }

    static MaxRowsSettings of(MaxRowsConfig config) {
        Parameters parameters = new Parameters(MaxRowsConfig.PID);
        long rows =
                parameters.number("max_resultset_rows", config.max__resultset__rows(), Long.MIN_VALUE, Long.MAX_VALUE);
        long debug = parameters.number("debug", config.debug(), 0, DECISIONS | LIMITS);
        return new MaxRowsSettings(
                rows > 0 ? rows : Long.MAX_VALUE,
                parameters.size("max_resultset_size", config.max__resultset__size()),
                parameters.word("max_resultset_return", config.max__resultset__return(), Instead.class),
                (debug & DECISIONS) != 0,
                (debug & LIMITS) != 0);
    }

    ReplyInterest interest() {
        return ReplyInterest.collect(maxBytes, maxRows);
    }
}
