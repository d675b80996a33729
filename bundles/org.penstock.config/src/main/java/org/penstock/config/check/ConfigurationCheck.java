package org.penstock.config.check;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.config.ini.IniSection;
import org.penstock.config.schema.Schema;

/** Checks a whole configuration in one pass. */
public final class ConfigurationCheck {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.position().file())
            .thenComparingInt(problem -> problem.position().line());

    private ConfigurationCheck() {}

    /** Checks with the environment of the process. */
    public static CheckedConfiguration check(Sources sources, Schema schema) {
        return check(sources, schema, System::getenv);
    }

    static CheckedConfiguration check(Sources sources, Schema schema, Substitution.Environment environment) {
        Findings findings = new Findings();
        SectionSet sections = new SectionSet(sources, findings);
        Map<ConfiguredObject.Id, IniSection> written = new LinkedHashMap<>(sections.byId());
        @Nullable IniSection global = sections.global();
        if (Substitution.wanted(global)) {
            new Substitution(findings, environment).apply(sections);
        }
        ObjectCheck objects = new ObjectCheck(schema, findings);
        sections.byId().forEach((id, section) -> objects.check(id.kind(), section));
        sections.byId().forEach((id, section) -> References.check(id.kind(), section, sections, schema, findings));
        new Conflicts(sections, findings).check();
        return new CheckedConfiguration(
                written,
                objects.objects(),
                objects.waiting(),
                sorted(findings.problems()),
                sorted(findings.warnings()));
    }

    static List<Problem> sorted(List<Problem> found) {
        return found.stream().sorted(BY_PLACE).toList();
    }
}
