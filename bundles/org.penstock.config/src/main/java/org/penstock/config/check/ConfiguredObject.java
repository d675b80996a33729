package org.penstock.config.check;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.penstock.config.schema.Kind;

/**
 * One object that the configuration asks for: what becomes one configuration of ConfigAdmin.
 *
 * @param kind of the object
 * @param name as written; that of its service for a router
 * @param module name of the module; empty for what belongs to the core
 * @param pid of the factory; of the configuration itself for the global section
 * @param properties converted values by key
 */
public record ConfiguredObject(Kind kind, String name, String module, String pid, Map<String, Object> properties) {
    public ConfiguredObject {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /**
     * What tells objects apart.
     *
     * @param kind of the object
     * @param name as written
     */
    public record Id(Kind kind, String name) {
        @Override
        public String toString() {
            return kind == Kind.ROUTER
                    ? "router of service '" + name + "'"
                    : kind == Kind.GLOBAL ? "global section" : kind.word() + " '" + name + "'";
        }
    }

    public Id id() {
        return new Id(kind, name);
    }

    /** Values as text, in the order of keys: equal for objects that are configured alike. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, value) -> texts.put(key, text(value)));
        return texts;
    }

    private static String text(Object value) {
        return value instanceof Object[] values ? Arrays.toString(values) : String.valueOf(value);
    }

    /** Whether another object needs no change to become this one. */
    public boolean same(ConfiguredObject other) {
        return pid.equals(other.pid) && texts().equals(other.texts());
    }
}
