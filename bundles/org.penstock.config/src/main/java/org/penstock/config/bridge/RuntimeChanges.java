package org.penstock.config.bridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.ObjectKind;
import org.penstock.config.check.ConfiguredObject;
import org.penstock.config.check.Sources;
import org.penstock.config.check.Usage;
import org.penstock.config.ini.IniSection;
import org.penstock.config.ini.IniValue;
import org.penstock.config.ini.Position;
import org.penstock.config.schema.Kind;
import org.penstock.config.schema.Nearest;
import org.penstock.config.schema.Schema;

/** Changes of single objects by an operator. */
final class RuntimeChanges {
    private static final String TYPE = "type";

    private final Configurator configurator;

    RuntimeChanges(Configurator configurator) {
        this.configurator = configurator;
    }

    List<String> alter(ObjectKind kind, String name, Map<String, String> parameters) {
        ConfiguredObject.Id id = id(kind, name);
        IniSection section = existing(id);
        if (parameters.isEmpty()) {
            throw new AdminException("alter " + kind.word() + " " + name + ": expected key=value");
        }
        Map<String, IniValue> values = new LinkedHashMap<>(section.values());
        parameters.forEach((key, text) -> {
            if (key.equals(TYPE)) {
                throw new AdminException(TYPE + " of an object cannot be changed");
            }
            if (text.isEmpty()) {
                if (values.remove(key) == null) {
                    throw new AdminException("[" + name + "] " + key + ": is not set, so it cannot be removed");
                }
            } else {
                values.put(key, new IniValue(text, runtime()));
            }
        });
        return configurator.change(id, new IniSection(name, section.position(), values));
    }

    List<String> create(ObjectKind kind, String name, Map<String, String> parameters) {
        ConfiguredObject.Id id = id(kind, name);
        for (ConfiguredObject.Id other : configurator.checked().sections().keySet()) {
            if (other.name().equals(name)) {
                throw new AdminException("there is a " + other.kind().word() + " '" + name + "' already");
            }
        }
        if (name.isBlank() || Sources.global(name)) {
            throw new AdminException("'" + name + "' cannot be the name of a " + kind.word());
        }
        Map<String, IniValue> values = new LinkedHashMap<>();
        values.put(TYPE, new IniValue(id.kind().word(), runtime()));
        parameters.forEach((key, text) -> {
            if (!key.equals(TYPE)) {
                values.put(key, new IniValue(text, runtime()));
            }
        });
        return configurator.change(id, new IniSection(name, runtime(), values));
    }

    List<String> destroy(ObjectKind kind, String name) {
        ConfiguredObject.Id id = id(kind, name);
        IniSection section = existing(id);
        List<String> users = Usage.of(id, configurator.checked().sections());
        if (!users.isEmpty()) {
            throw new AdminException(id + " is used by " + String.join(", ", users) + "; take it out there first");
        }
        List<String> lines = new ArrayList<>(configurator.change(id, null));
        if (section.position().line() > 0 && !configurator.persisted(section.position())) {
            lines.add(id + " stands in " + section.position() + " too; it comes back with the next reload or start");
        }
        return lines;
    }

    List<String> parameters(ObjectKind kind, String name) {
        ConfiguredObject.Id id = id(kind, name);
        IniSection section = existing(id);
        Schema schema = configurator.schema();
        Collection<String> keys = new TreeSet<>(section.values().keySet());
        switch (id.kind()) {
            case FILTER, MONITOR -> addModule(keys, schema.module(id.kind(), section.textOrEmpty("module")));
            case SERVICE -> {
                keys.addAll(schema.core(Kind.SERVICE).attributes().keySet());
                addModule(keys, schema.module(Kind.ROUTER, section.textOrEmpty("router")));
            }
            default -> keys.addAll(schema.core(id.kind()).attributes().keySet());
        }
        keys.removeAll(List.of(TYPE, "name"));
        return List.copyOf(keys);
    }

    private static void addModule(Collection<String> keys, Schema.@Nullable Module module) {
        if (module != null) {
            keys.addAll(module.parameters().attributes().keySet());
        }
    }

    private IniSection existing(ConfiguredObject.Id id) {
        IniSection section = configurator.checked().sections().get(id);
        if (section == null) {
            List<String> names = configurator.checked().names(id.kind());
            String nearest = Nearest.of(id.name(), names);
            throw new AdminException(
                    "there is no " + id + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"));
        }
        return Objects.requireNonNull(section);
    }

    private static ConfiguredObject.Id id(ObjectKind kind, String name) {
        Kind found = Kind.ofSection(kind.word());
        if (found == null) {
            throw new AdminException(
                    "a " + kind.word() + " is not configured; expected one of " + String.join(", ", Kind.words()));
        }
        return new ConfiguredObject.Id(found, name);
    }

    private static Position runtime() {
        return new Position("changed at run time", 0);
    }
}
