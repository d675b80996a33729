package org.penstock.config.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.value.ConfigurationException;
import org.penstock.api.value.Texts;
import org.penstock.config.ini.IniSection;
import org.penstock.config.ini.IniValue;
import org.penstock.config.schema.Attribute;
import org.penstock.config.schema.Kind;
import org.penstock.config.schema.Nearest;
import org.penstock.config.schema.ObjectClass;
import org.penstock.config.schema.Schema;

/** Checks the parameters of one section after the other against the schema, and makes the objects of those that are right. */
final class ObjectCheck {
    /** The attribute of core objects that holds the section's name; no user writes it. */
    private static final String NAME = "name";

    private static final String ROUTER_OPTIONS = "router_options";

    private final Schema schema;
    private final Findings findings;
    private final List<ConfiguredObject> objects = new ArrayList<>();
    private final List<CheckedConfiguration.Waiting> waiting = new ArrayList<>();

    ObjectCheck(Schema schema, Findings findings) {
        this.schema = schema;
        this.findings = findings;
    }

    List<ConfiguredObject> objects() {
        return objects;
    }

    List<CheckedConfiguration.Waiting> waiting() {
        return waiting;
    }

    void check(Kind kind, IniSection section) {
        Map<String, IniValue> values = new LinkedHashMap<>(section.values());
        values.remove("type");
        switch (kind) {
            case FILTER, MONITOR -> module(kind, section, values);
            case SERVICE -> service(section, values);
            default -> core(kind, section, values);
        }
    }

    private void core(Kind kind, IniSection section, Map<String, IniValue> values) {
        ObjectClass parameters = schema.core(kind);
        Map<String, Object> properties = converted(section, values, parameters, Set.of(NAME));
        if (kind == Kind.SERVER || !schema.installed(kind)) {
            values.forEach((key, value) -> custom(section, key, value, parameters, properties));
        } else {
            values.forEach((key, value) ->
                    unknown(section, key, parameters.attributes().keySet()));
        }
        add(kind, section, "", parameters, properties);
    }

    /** Any other key of a server is kept, for {@code weightby} and {@code priority}. */
    private void custom(
            IniSection section, String key, IniValue value, ObjectClass parameters, Map<String, Object> properties) {
        String nearest = Nearest.of(key, parameters.attributes().keySet());
        if (!nearest.isEmpty() && !nearest.equals(NAME)) {
            findings.warning(section, key, "is kept as a custom parameter of the server", nearest);
        }
        properties.keySet().stream()
                .filter(other -> other.equalsIgnoreCase(key))
                .findFirst()
                .ifPresent(other -> findings.problem(section, key, "differs from " + other + " only in case"));
        properties.put(key, value.text());
    }

    private void service(IniSection section, Map<String, IniValue> values) {
        ObjectClass parameters = schema.core(Kind.SERVICE);
        String router = section.textOrEmpty("router");
        Schema.@Nullable Module module = router.isEmpty() ? null : schema.module(Kind.ROUTER, router);
        Map<String, IniValue> shared = new LinkedHashMap<>();
        if (module != null) {
            ObjectClass own = module.parameters();
            values.forEach((key, value) -> {
                if (own.attribute(key) != null && parameters.attribute(key) != null) {
                    shared.put(key, value);
                }
            });
        }
        Map<String, Object> properties = converted(section, values, parameters, Set.of(NAME));
        add(Kind.SERVICE, section, "", parameters, properties);
        values.remove("router");
        if (router.isEmpty()) {
            if (!schema.installed(Kind.SERVICE) || parameters.attribute("router") == null) {
                findings.missing(section, "router", "a router module");
            }
        } else if (module == null) {
            absent(Kind.ROUTER, section, "router", router);
        } else {
            values.putAll(shared);
            expandRouterOptions(section, values, module.parameters());
            Map<String, Object> own = converted(section, values, module.parameters(), Set.of());
            Set<String> known = new LinkedHashSet<>(parameters.attributes().keySet());
            known.addAll(module.parameters().attributes().keySet());
            known.remove(NAME);
            values.forEach((key, value) -> unknown(section, key, known));
            add(Kind.ROUTER, section, module.name(), module.parameters(), own);
        }
    }

    /** Since 2.1 an option {@code key=value} may also be a parameter; the option wins. */
    private static void expandRouterOptions(IniSection section, Map<String, IniValue> values, ObjectClass parameters) {
        IniValue options = values.get(ROUTER_OPTIONS);
        if (options == null) {
            return;
        }
        List<String> rest = new ArrayList<>();
        for (String option : Texts.list(options.text())) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals).strip();
            if (equals >= 0 && parameters.attribute(key) != null) {
                values.put(key, new IniValue(option.substring(equals + 1).strip(), section.position(ROUTER_OPTIONS)));
            } else {
                rest.add(option);
            }
        }
        if (rest.isEmpty() && !options.text().isEmpty()) {
            values.remove(ROUTER_OPTIONS);
        } else {
            values.put(ROUTER_OPTIONS, new IniValue(String.join(",", rest), options.position()));
        }
    }

    private void module(Kind kind, IniSection section, Map<String, IniValue> values) {
        values.remove("module");
        String name = section.textOrEmpty("module");
        if (name.isEmpty()) {
            findings.missing(section, "module", "a " + kind.word() + " module");
            return;
        }
        Schema.@Nullable Module module = schema.module(kind, name);
        if (module == null) {
            absent(kind, section, "module", name);
            return;
        }
        samePassword(section, values, module.parameters());
        Map<String, Object> properties = converted(section, values, module.parameters(), Set.of());
        values.forEach((key, value) ->
                unknown(section, key, module.parameters().attributes().keySet()));
        add(kind, section, module.name(), module.parameters(), properties);
    }

    /** {@code passwd} and {@code password} are one parameter; the latter wins. */
    private void samePassword(IniSection section, Map<String, IniValue> values, ObjectClass parameters) {
        if (values.containsKey("password") && values.containsKey("passwd")) {
            findings.warning(section, "passwd", "is not used, password is given too");
        }
        rename(values, parameters, "passwd", "password");
        rename(values, parameters, "password", "passwd");
    }

    private static void rename(Map<String, IniValue> values, ObjectClass parameters, String from, String to) {
        if (parameters.attribute(from) == null && parameters.attribute(to) != null) {
            IniValue value = values.remove(from);
            if (value != null) {
                values.putIfAbsent(to, value);
            }
        }
    }

    /** A module that no bundle brings: waited for when the name is known, else a mistake. */
    private void absent(Kind kind, IniSection section, String key, String name) {
        String module = name.toLowerCase(Locale.ROOT);
        if (!schema.modules(kind).contains(module)) {
            findings.unknown(
                    section, key, "there is no " + kind.word() + " module '" + name + "'", name, schema.modules(kind));
            return;
        }
        findings.warning(section, key, kind.word() + " module " + module + " is not installed; it is waited for");
        waiting.add(new CheckedConfiguration.Waiting(kind, section.name(), module));
    }

    private void unknown(IniSection section, String key, Collection<String> known) {
        findings.unknown(section, key, "unknown parameter", key, known);
    }

    /** Converts the values that the object class knows and takes them out of the map. */
    private Map<String, Object> converted(
            IniSection section, Map<String, IniValue> values, ObjectClass parameters, Set<String> reserved) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Attribute attribute : parameters.attributes().values()) {
            String key = attribute.id();
            if (reserved.contains(key)) {
                continue;
            }
            IniValue value = values.remove(key);
            if (value != null) {
                convert(section, attribute, value, properties);
            } else if (attribute.mandatory()) {
                findings.missing(section, key, article(attribute));
            }
        }
        return properties;
    }

    private void convert(IniSection section, Attribute attribute, IniValue value, Map<String, Object> properties) {
        if (findings.reported(section, attribute.id())) {
            return;
        }
        if (attribute.withoutEffect()) {
            String reason = attribute.description().substring("Accepted, without effect".length());
            findings.warning(section, attribute.id(), "has no effect" + reason);
        }
        try {
            properties.put(attribute.id(), attribute.convert(value.text()));
        } catch (ConfigurationException e) {
            findings.value(section, attribute.id(), e.expected(), e.value());
        }
    }

    private static String article(Attribute attribute) {
        String text = attribute.description().replaceAll("[;:].*", "");
        boolean word =
                text.length() > 1 && Character.isUpperCase(text.charAt(0)) && Character.isLowerCase(text.charAt(1));
        return text.isEmpty() ? "a value" : word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }

    private void add(
            Kind kind, IniSection section, String module, ObjectClass parameters, Map<String, Object> properties) {
        String name = kind == Kind.GLOBAL ? "" : section.name();
        if (parameters.attribute(NAME) != null && !kind.module()) {
            properties.put(NAME, name);
        }
        objects.add(new ConfiguredObject(kind, name, module, parameters.pid(), properties));
    }
}
