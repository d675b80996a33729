package org.penstock.config.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.penstock.config.ini.IniError;
import org.penstock.config.ini.IniSection;
import org.penstock.config.ini.Position;
import org.penstock.config.schema.Nearest;

/** What one pass over a configuration finds: mistakes, and what is worth a warning. */
final class Findings {
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    List<Problem> problems() {
        return problems;
    }

    List<Problem> warnings() {
        return warnings;
    }

    /** Whether a parameter was found wrong before, so that nothing that follows from it is reported. */
    boolean reported(IniSection section, String key) {
        return problems.stream()
                .anyMatch(problem -> problem.section().equals(section.name())
                        && problem.key().equals(key));
    }

    void syntax(IniError error) {
        problems.add(new Problem(error.position(), error.section(), error.key(), error.message(), "", ""));
    }

    void problem(IniSection section, String key, String message) {
        problems.add(new Problem(section.position(key), section.name(), key, message, "", ""));
    }

    /** A value that is none of those that would be right. */
    void value(IniSection section, String key, String expected, String value) {
        String message = "expected " + expected + ", got '" + value + "'";
        problems.add(new Problem(section.position(key), section.name(), key, message, expected, ""));
    }

    void missing(IniSection section, String key, String expected) {
        String message = "mandatory parameter is missing; expected " + expected;
        problems.add(new Problem(section.position(), section.name(), key, message, expected, ""));
    }

    /** A name that is none of the known ones. */
    void unknown(IniSection section, String key, String message, String name, Collection<String> known) {
        problems.add(new Problem(section.position(key), section.name(), key, message, "", Nearest.of(name, known)));
    }

    void warning(IniSection section, String key, String message) {
        warnings.add(new Problem(section.position(key), section.name(), key, message, "", ""));
    }

    void warning(IniSection section, String key, String message, String nearest) {
        warnings.add(new Problem(section.position(key), section.name(), key, message, "", nearest));
    }

    void warning(Position position, String message) {
        warnings.add(new Problem(position, "", "", message, "", ""));
    }
}
