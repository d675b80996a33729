package org.penstock.config.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.config.ini.IniError;
import org.penstock.config.ini.IniSection;
import org.penstock.config.schema.Kind;

/** The sections that count: duplicates found, overridden ones left out, each with its kind. */
final class SectionSet {
    private final Findings findings;
    private final Map<ConfiguredObject.Id, IniSection> byId = new LinkedHashMap<>();
    private final Set<String> unclear = new HashSet<>();

    SectionSet(Sources sources, Findings findings) {
        this.findings = findings;
        sources.file().errors().forEach(this::syntax);
        sources.persisted().errors().forEach(this::syntax);
        Map<String, IniSection> named = unique(sources.file().sections());
        for (IniSection change : unique(sources.persisted().sections()).values()) {
            IniSection before = named.put(key(change.name()), change);
            if (before != null) {
                findings.warning(before, "", "is overridden by " + change.position() + ", a change made at run time");
            }
        }
        named.values().forEach(this::classify);
    }

    private void syntax(IniError error) {
        findings.syntax(error);
        unclear.add(error.section());
    }

    private Map<String, IniSection> unique(List<IniSection> sections) {
        Map<String, IniSection> named = new LinkedHashMap<>();
        for (IniSection section : sections) {
            IniSection first = named.putIfAbsent(key(section.name()), section);
            if (first != null) {
                findings.problem(section, "", "section is defined twice; first at " + first.position());
            }
        }
        return named;
    }

    /** All spellings of the global section are one. */
    private static String key(String name) {
        return Sources.global(name) ? "maxscale" : name;
    }

    private void classify(IniSection section) {
        String type = section.text("type");
        if (Sources.global(section.name())) {
            byId.put(new ConfiguredObject.Id(Kind.GLOBAL, ""), section);
            return;
        }
        if (section.name().toLowerCase(Locale.ROOT).equals("feedback")) {
            findings.warning(section, "", "has no effect: there is no notification service");
            return;
        }
        Kind kind = type == null ? null : Kind.ofSection(type);
        if (kind != null) {
            byId.put(new ConfiguredObject.Id(kind, section.name()), section);
            return;
        }
        unclear.add(section.name());
        if (type == null) {
            findings.missing(section, "type", "one of " + String.join(", ", Kind.words()));
        } else {
            findings.unknown(
                    section,
                    "type",
                    "expected one of " + String.join(", ", Kind.words()) + ", got '" + type + "'",
                    type,
                    Kind.words());
        }
    }

    Map<ConfiguredObject.Id, IniSection> byId() {
        return byId;
    }

    @Nullable
    IniSection global() {
        return byId.get(new ConfiguredObject.Id(Kind.GLOBAL, ""));
    }

    List<IniSection> of(Kind kind) {
        List<IniSection> found = new ArrayList<>();
        byId.forEach((id, section) -> {
            if (id.kind() == kind) {
                found.add(section);
            }
        });
        return found;
    }

    List<String> names(Kind kind) {
        return of(kind).stream().map(IniSection::name).toList();
    }

    /** Whether a name stands for a section of one of those kinds, or for one whose kind a mistake hides. */
    boolean defines(String name, List<Kind> kinds) {
        return unclear.contains(name)
                || kinds.stream().anyMatch(kind -> byId.containsKey(new ConfiguredObject.Id(kind, name)));
    }
}
