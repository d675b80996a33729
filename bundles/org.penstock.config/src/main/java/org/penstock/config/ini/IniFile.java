package org.penstock.config.ini;

import java.util.List;

/**
 * What one file says.
 *
 * @param sections in written order, those with one name apart
 * @param errors every mistake of syntax
 */
public record IniFile(List<IniSection> sections, List<IniError> errors) {
    public IniFile {
        sections = List.copyOf(sections);
        errors = List.copyOf(errors);
    }
}
