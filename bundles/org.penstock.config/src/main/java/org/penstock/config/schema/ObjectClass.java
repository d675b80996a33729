package org.penstock.config.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a component takes.
 *
 * @param pid that its configurations have, of the factory for all but the global section
 * @param description what it is
 * @param attributes by key, in declared order
 */
public record ObjectClass(String pid, String description, Map<String, Attribute> attributes) {
    public ObjectClass {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    public @Nullable Attribute attribute(String key) {
        return attributes.get(key);
    }
}
