package org.penstock.config.check;

import java.util.ArrayList;
import java.util.List;
import org.penstock.api.module.SectionCheck;
import org.penstock.config.ini.IniSection;

/** What the bundles find wrong with the things outside of the configuration that its sections name. */
final class OutsideCheck {
    private final CheckedConfiguration checked;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    OutsideCheck(CheckedConfiguration checked) {
        this.checked = checked;
    }

    /** The configuration with what was found in addition. */
    CheckedConfiguration with(Iterable<SectionCheck> checks) {
        problems.addAll(checked.problems());
        warnings.addAll(checked.warnings());
        for (ConfiguredObject object : checked.objects()) {
            IniSection section = checked.sections().get(object.id());
            if (section != null) {
                checks.forEach(check -> check.check(object.kind().word(), object.texts(), new Found(section)));
            }
        }
        return new CheckedConfiguration(
                checked.sections(),
                checked.objects(),
                checked.waiting(),
                ConfigurationCheck.sorted(problems),
                ConfigurationCheck.sorted(warnings));
    }

    /** Findings of one section; what is known to be wrong is not reported twice. */
    private final class Found implements SectionCheck.Findings {
        private final IniSection section;

        Found(IniSection section) {
            this.section = section;
        }

        @Override
        public void problem(String key, String message) {
            if (problems.stream()
                    .noneMatch(known -> known.section().equals(section.name())
                            && known.key().equals(key))) {
                problems.add(new Problem(section.position(key), section.name(), key, message, "", ""));
            }
        }

        @Override
        public void warning(String key, String message) {
            warnings.add(new Problem(section.position(key), section.name(), key, message, "", ""));
        }
    }
}
