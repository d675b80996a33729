package org.penstock.config.bridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.penstock.config.check.ConfiguredObject;

/**
 * What would have to change.
 *
 * @param added objects that are not there yet
 * @param changed objects that are configured otherwise
 * @param removed objects that nothing asks for any more
 */
record Difference(List<ConfiguredObject> added, List<Change> changed, List<Applied> removed) {
    /** One object that changes. */
    record Change(Applied before, ConfiguredObject after) {
        @Override
        public String toString() {
            if (!before.object().pid().equals(after.pid())) {
                return after.id() + ": module " + after.module() + " instead of "
                        + before.object().module();
            }
            Map<String, String> old = before.object().texts();
            Map<String, String> now = after.texts();
            TreeSet<String> keys = new TreeSet<>(old.keySet());
            keys.addAll(now.keySet());
            keys.removeIf(key -> Objects.equals(old.get(key), now.get(key)));
            return after.id() + ": changed " + String.join(", ", keys);
        }
    }

    Difference {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    static Difference between(Map<ConfiguredObject.Id, Applied> current, Collection<ConfiguredObject> wanted) {
        Map<ConfiguredObject.Id, Applied> rest = new LinkedHashMap<>(current);
        List<ConfiguredObject> added = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        for (ConfiguredObject object : wanted) {
            Applied before = rest.remove(object.id());
            if (before == null) {
                added.add(object);
            } else if (!before.object().same(object)) {
                changed.add(new Change(before, object));
            }
        }
        return new Difference(added, changed, List.copyOf(rest.values()));
    }

    boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }

    /** One line for each object. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        added.forEach(object -> lines.add(object.id() + ": added"));
        changed.forEach(change -> lines.add(change.toString()));
        removed.forEach(object -> lines.add(object.id() + ": removed"));
        return lines;
    }
}
