package org.penstock.config.check;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.penstock.config.ini.IniSection;
import org.penstock.config.schema.Kind;

/**
 * What a check found.
 *
 * @param sections all sections by kind and name, as they count after overriding
 * @param objects what the configuration asks for; complete only without problems
 * @param waiting objects whose module is not installed
 * @param problems every mistake; nothing may be applied when there is one
 * @param warnings what works, but perhaps not as meant
 */
public record CheckedConfiguration(
        Map<ConfiguredObject.Id, IniSection> sections,
        Collection<ConfiguredObject> objects,
        List<Waiting> waiting,
        List<Problem> problems,
        List<Problem> warnings) {
    public CheckedConfiguration {
        sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
        objects = List.copyOf(objects);
        waiting = List.copyOf(waiting);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * An object that becomes active as soon as a bundle brings its module.
     *
     * @param kind of the module
     * @param name of the object; of the service for a router
     * @param module that is missing
     */
    public record Waiting(Kind kind, String name, String module) {
        public ConfiguredObject.Id id() {
            return new ConfiguredObject.Id(kind, name);
        }

        @Override
        public String toString() {
            return id() + " waits for module " + module + ", which is not installed";
        }
    }

    /** All problems, one a line. */
    public String problemText() {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    /** Names of the objects of a kind. */
    public List<String> names(Kind kind) {
        return sections.keySet().stream()
                .filter(id -> id.kind() == kind)
                .map(ConfiguredObject.Id::name)
                .toList();
    }
}
