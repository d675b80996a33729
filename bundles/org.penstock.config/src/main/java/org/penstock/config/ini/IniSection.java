package org.penstock.config.ini;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One section of a file.
 *
 * @param name between the brackets
 * @param position of its head line
 * @param values by key, in written order
 */
public record IniSection(String name, Position position, Map<String, IniValue> values) {
    public IniSection {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The text of a key, or null when it is not there. */
    public @Nullable String text(String key) {
        IniValue value = values.get(key);
        return value == null ? null : value.text();
    }

    /** The text of a key, or an empty one when it is not there. */
    public String textOrEmpty(String key) {
        IniValue value = values.get(key);
        return value == null ? "" : value.text();
    }

    /** Where a key stands, or where the section begins when it is not there. */
    public Position position(String key) {
        IniValue value = values.get(key);
        return value == null ? position : value.position();
    }
}
