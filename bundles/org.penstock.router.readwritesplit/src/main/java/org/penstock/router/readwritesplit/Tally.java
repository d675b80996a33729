package org.penstock.router.readwritesplit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.penstock.api.session.ModuleState;

/** What one session was counted for, as {@code show session} has it; its service's {@link Figures} count the same for all. Kept over generations. */
final class Tally {
    private static final String PREFIX = "count.";

    private enum Count {
        ROUTE_MASTER,
        ROUTE_SLAVE,
        ROUTE_ALL,
        RW_TRANSACTIONS,
        RO_TRANSACTIONS,
        RETRIED_READS;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    private static final Count[] ALL = Count.values();

    private final Figures figures;
    private final long[] counts = new long[ALL.length];

    Tally(Figures figures) {
        this.figures = figures;
    }

    private void count(Count what) {
        counts[what.ordinal()]++;
    }

    /** A command went to one server. */
    void one(String server, boolean primary, boolean read) {
        figures.one(server, primary, read);
        count(primary ? Count.ROUTE_MASTER : Count.ROUTE_SLAVE);
    }

    /** A command went to all servers. */
    void all() {
        figures.all();
        count(Count.ROUTE_ALL);
    }

    void transaction(boolean only) {
        figures.transaction(only);
        count(only ? Count.RO_TRANSACTIONS : Count.RW_TRANSACTIONS);
    }

    void retried() {
        figures.retried();
        count(Count.RETRIED_READS);
    }

    /** All counts, by the words that the service's have. */
    Map<String, Long> counts() {
        Map<String, Long> shown = new LinkedHashMap<>();
        for (Count count : ALL) {
            shown.put(count.word, counts[count.ordinal()]);
        }
        return shown;
    }

    void export(Map<String, Object> values) {
        counts().forEach((word, count) -> values.put(PREFIX + word, count));
    }

    void take(ModuleState state) {
        for (Count count : ALL) {
            counts[count.ordinal()] = state.getLong(PREFIX + count.word, 0);
        }
    }
}
