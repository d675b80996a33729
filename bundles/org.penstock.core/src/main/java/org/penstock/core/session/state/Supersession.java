package org.penstock.core.session.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.penstock.sql.SessionEffect;

/**
 * Which commands of a history are still in force. Read from the last to the first: one all of whose effects are overwritten by later ones, without one between
 * that depends on them, can be left out. What is not known depends on everything before it.
 */
final class Supersession {
    /** What is overwritten by those that were kept so far, and needed by none of them before: user variables, statements. */
    private final Set<Object> overwritten = new HashSet<>();

    /** The same for what a text may depend on without naming it. */
    private final Set<String> variables = new HashSet<>();

    private Supersession() {}

    /** Those that are in force, in their order. */
    static List<HistoryEntry> inForce(List<HistoryEntry> entries) {
        Supersession reading = new Supersession();
        List<HistoryEntry> kept = new ArrayList<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            HistoryEntry entry = entries.get(i);
            if (!reading.supersedes(entry)) {
                kept.add(entry);
                reading.take(entry);
            }
        }
        Collections.reverse(kept);
        return begun(kept);
    }

    private boolean supersedes(HistoryEntry entry) {
        SessionEffect effect = entry.effect();
        PreparedStatement statement = entry.statement();
        if (entry.prepares()) {
            return statement != null && overwritten.contains(statement);
        }
        return effect.known()
                && effect.ends() == null
                && !entry.closes()
                && effect.sets().stream().allMatch(this::isOverwritten)
                && effect.changes().stream().allMatch(this::isOverwritten);
    }

    private boolean isOverwritten(String name) {
        return overwritten.contains(name) || variables.contains(name);
    }

    private void take(HistoryEntry entry) {
        SessionEffect effect = entry.effect();
        PreparedStatement statement = entry.statement();
        if (!effect.known()) {
            overwritten.clear();
            variables.clear();
            return;
        }
        for (String name : effect.sets()) {
            if (name.charAt(0) == '@') {
                overwritten.add(name);
            } else {
                variables.add(name);
            }
        }
        if (statement != null) {
            if (entry.counts()) {
                overwritten.remove(statement);
            } else {
                overwritten.add(statement);
            }
        }
        overwritten.removeAll(effect.needs());
        variables.removeAll(effect.needs());
        if (effect.needsVariables()) {
            variables.removeIf(effect::needs);
        }
    }

    /** Leaves out what ends a prepared statement that nothing before prepares any more. */
    private static List<HistoryEntry> begun(List<HistoryEntry> kept) {
        Set<Object> prepared = new HashSet<>();
        kept.removeIf(entry -> {
            PreparedStatement statement = entry.statement();
            String ends = entry.effect().ends();
            if (statement != null && !entry.counts()) {
                return entry.prepares() ? !prepared.add(statement) : !prepared.remove(statement);
            }
            if (ends != null) {
                return !prepared.remove(ends);
            }
            prepared.addAll(entry.effect().sets());
            return false;
        });
        return kept;
    }
}
