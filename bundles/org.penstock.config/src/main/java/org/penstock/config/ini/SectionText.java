package org.penstock.config.ini;

import java.util.Map;

/** Writes one section as text that {@link IniParser} reads back. */
public final class SectionText {
    private SectionText() {}

    /**
     * The section.
     *
     * @throws IllegalArgumentException for a name, key or value that the syntax cannot carry
     */
    public static String write(String name, Map<String, String> values) {
        StringBuilder text = new StringBuilder("[").append(name).append("]\n");
        values.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        IniFile back = IniParser.parse("", text.toString());
        if (!back.errors().isEmpty()) {
            IniError error = back.errors().get(0);
            throw new IllegalArgumentException((error.key().isEmpty() ? "" : error.key() + ": ")
                    + "cannot be written to a file: " + error.message());
        }
        if (back.sections().size() != 1 || !back.sections().get(0).name().equals(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a section");
        }
        Map<String, IniValue> read = back.sections().get(0).values();
        values.forEach((key, value) -> {
            IniValue found = read.get(key);
            if (found == null || !found.text().equals(value)) {
                throw new IllegalArgumentException(key + ": cannot be written to a file; expected one line without"
                        + " a semicolon behind white space, got '" + value + "'");
            }
        });
        return text.toString();
    }
}
