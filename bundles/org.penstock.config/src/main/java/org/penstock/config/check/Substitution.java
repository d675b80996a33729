package org.penstock.config.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.penstock.api.value.Texts;
import org.penstock.config.ini.IniSection;
import org.penstock.config.ini.IniValue;

/** Values that are {@code $NAME}: with {@code substitute_variables=true} in the global section they stand for environment variables. */
final class Substitution {
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");

    private final Findings findings;
    private final Environment environment;

    /** Values of environment variables. */
    @FunctionalInterface
    interface Environment {
        @Nullable
        String get(String name);
    }

    Substitution(Findings findings, Environment environment) {
        this.findings = findings;
        this.environment = environment;
    }

    static boolean wanted(@Nullable IniSection global) {
        try {
            return global != null && Texts.bool(global.textOrEmpty("substitute_variables"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    void apply(SectionSet sections) {
        List.copyOf(sections.byId().keySet())
                .forEach(id -> sections.byId().computeIfPresent(id, (key, section) -> substituted(section)));
    }

    private IniSection substituted(IniSection section) {
        Map<String, IniValue> values = new LinkedHashMap<>();
        section.values().forEach((key, value) -> values.put(key, substituted(section, key, value)));
        return new IniSection(section.name(), section.position(), values);
    }

    private IniValue substituted(IniSection section, String key, IniValue value) {
        Matcher variable = VARIABLE.matcher(value.text());
        if (!variable.matches()) {
            return value;
        }
        String found = environment.get(variable.group(1));
        if (found == null) {
            findings.problem(section, key, "environment variable " + variable.group(1) + " is not set");
            return value;
        }
        return new IniValue(found, value.position());
    }
}
