package org.penstock.config.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.penstock.api.value.Texts;
import org.penstock.config.ini.IniSection;
import org.penstock.config.schema.Kind;
import org.penstock.config.schema.Schema;

/** Which section names which others. */
public final class References {
    private static final List<Kind> SERVERS = List.of(Kind.SERVER);
    private static final List<Kind> SERVICES = List.of(Kind.SERVICE);

    private References() {}

    /**
     * One name in a section.
     *
     * @param key that has it
     * @param name of another section
     * @param kinds that the other one may have
     */
    record Reference(String key, String name, List<Kind> kinds) {}

    /** All names of other sections in a section. */
    static List<Reference> of(Kind kind, IniSection section) {
        List<Reference> found = new ArrayList<>();
        switch (kind) {
            case SERVICE -> {
                add(found, section, "servers", SERVERS);
                add(found, section, "targets", List.of(Kind.SERVER, Kind.SERVICE));
                add(found, section, "cluster", List.of(Kind.MONITOR));
                filters(section).forEach(name -> found.add(new Reference("filters", name, List.of(Kind.FILTER))));
            }
            case MONITOR -> add(found, section, "servers", SERVERS);
            case LISTENER -> add(found, section, "service", SERVICES);
            case FILTER -> {
                add(found, section, "service", SERVICES);
                add(found, section, "server", SERVERS);
            }
            default -> {
                // neither servers nor the global section refer to anything
            }
        }
        return found;
    }

    /** Names of the filters of a service's section, in the order in which commands pass them. */
    public static List<String> filters(IniSection section) {
        return Texts.pipeList(section.textOrEmpty("filters").replace(',', '|'));
    }

    private static void add(List<Reference> found, IniSection section, String key, List<Kind> kinds) {
        Texts.list(section.textOrEmpty(key)).forEach(name -> found.add(new Reference(key, name, kinds)));
    }

    /** Reports names that nothing defines, and modules that nobody knows. */
    static void check(Kind kind, IniSection section, SectionSet sections, Schema schema, Findings findings) {
        for (Reference reference : of(kind, section)) {
            boolean known = sections.defines(reference.name(), reference.kinds());
            if (!known && !findings.reported(section, reference.key())) {
                String words = reference.kinds().stream().map(Kind::word).collect(Collectors.joining(" or "));
                List<String> names = reference.kinds().stream()
                        .flatMap(candidate -> sections.names(candidate).stream())
                        .toList();
                String message = "there is no " + words + " '" + reference.name() + "'";
                findings.unknown(section, reference.key(), message, reference.name(), names);
            }
        }
        if (kind == Kind.LISTENER || kind == Kind.SERVER) {
            offered(section, "protocol", schema.protocols(), schema::installedProtocol, findings);
            for (String name : Texts.list(section.textOrEmpty("authenticator").toLowerCase(Locale.ROOT))) {
                if (!Schema.contains(schema.authenticators(), name)) {
                    absent(section, "authenticator", name, schema.authenticators(), findings);
                }
            }
        }
    }

    private static void offered(
            IniSection section, String key, Collection<String> known, Predicate<String> installed, Findings findings) {
        String name = section.textOrEmpty(key);
        if (name.isEmpty()) {
            return;
        }
        if (!Schema.contains(known, name)) {
            absent(section, key, name, known, findings);
        } else if (!installed.test(name)) {
            findings.warning(section, key, key + " module " + name + " is not installed; it is waited for");
        }
    }

    private static void absent(
            IniSection section, String key, String name, Collection<String> known, Findings findings) {
        findings.unknown(section, key, "there is no " + key + " module '" + name + "'", name, known);
    }
}
