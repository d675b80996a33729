package org.penstock.filter.hintfilter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.penstock.api.session.ModuleState;
import org.penstock.sql.hint.HintStack;
import org.penstock.sql.hint.PreparedHints;

/** A session's hints as state for the successor: {@code named.NAME}, {@code active} (one a line) and {@code prepared}. */
final class SessionHints {
    private static final int VERSION = 1;
    private static final String NAMED = "named.";
    private static final String ACTIVE = "active";
    private static final String PREPARED = "prepared";

    private SessionHints() {}

    static ModuleState exported(HintStack stack, PreparedHints prepared) {
        HintStack.Snapshot snapshot = stack.snapshot();
        Map<String, Object> values = new HashMap<>();
        snapshot.named().forEach((name, hint) -> values.put(NAMED + name, hint));
        values.put(ACTIVE, String.join("\n", snapshot.active()));
        values.put(PREPARED, prepared.snapshot());
        return new ModuleState(VERSION, values);
    }

    static HintStack stack(ModuleState state) {
        Map<String, String> named = new HashMap<>();
        state.values().forEach((key, value) -> {
            if (key.startsWith(NAMED) && value instanceof String hint) {
                named.put(key.substring(NAMED.length()), hint);
            }
        });
        List<String> active = state.getString(ACTIVE, "").lines().toList();
        return HintStack.of(new HintStack.Snapshot(named, active));
    }

    static String prepared(ModuleState state) {
        return state.getString(PREPARED, "");
    }
}
