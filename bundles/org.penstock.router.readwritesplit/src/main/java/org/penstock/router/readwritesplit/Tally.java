package org.penstock.router.readwritesplit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.penstock.api.session.ModuleState;

/** What one session was counted for, as {@code show session} has it; its service's {@link Figures} count the same for all. Kept over generations. */
final class Tally {
    private static final String PREFIX = "count.";

    private final Figures figures;
    private long toPrimary;
    private long toReplica;
    private long toAll;
    private long readWrite;
    private long readOnly;
    private long retried;

    Tally(Figures figures) {
        this.figures = figures;
    }

    /** A command went to one server. */
    void one(String server, boolean primary, boolean read) {
        figures.one(server, primary, read);
        if (primary) {
            toPrimary++;
        } else {
            toReplica++;
        }
    }

    /** A command went to all servers. */
    void all() {
        figures.all();
        toAll++;
    }

    void transaction(boolean only) {
        figures.transaction(only);
        if (only) {
            readOnly++;
        } else {
            readWrite++;
        }
    }

    void retried() {
        figures.retried();
        retried++;
    }

    /** All counts, by the words that the service's have. */
    Map<String, Long> counts() {
        Map<String, Long> shown = new LinkedHashMap<>();
        shown.put("route_master", toPrimary);
        shown.put("route_slave", toReplica);
        shown.put("route_all", toAll);
        shown.put("rw_transactions", readWrite);
        shown.put("ro_transactions", readOnly);
        shown.put("retried_reads", retried);
        return shown;
    }

    void export(Map<String, Object> values) {
        counts().forEach((word, count) -> values.put(PREFIX + word, count));
    }

    void take(ModuleState state) {
        toPrimary = state.getLong(PREFIX + "route_master", 0);
        toReplica = state.getLong(PREFIX + "route_slave", 0);
        toAll = state.getLong(PREFIX + "route_all", 0);
        readWrite = state.getLong(PREFIX + "rw_transactions", 0);
        readOnly = state.getLong(PREFIX + "ro_transactions", 0);
        retried = state.getLong(PREFIX + "retried_reads", 0);
    }
}
