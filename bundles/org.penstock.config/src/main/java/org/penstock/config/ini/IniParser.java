package org.penstock.config.ini;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads MaxScale's syntax.
 *
 * <pre>
 * # comment      ; comment
 * [section]
 * key=value      ; comment behind white space and a semicolon
 * key=a,
 *     b          a line that begins with white space continues the value before it
 * </pre>
 *
 * <p>Reads on behind a mistake, so that one pass finds all of them.
 */
public final class IniParser {
    /** Most characters of a line, as in MaxScale since 2.1.3. */
    public static final int MAX_LINE = 16_384;

    /** Most characters of a section's name or a key. */
    public static final int MAX_NAME = 256;

    private final String file;
    private final List<IniSection> sections = new ArrayList<>();
    private final List<IniError> errors = new ArrayList<>();
    private int line;
    private @Nullable String section;
    private Position head = new Position("", 0);
    private Map<String, IniValue> values = new LinkedHashMap<>();
    private @Nullable String key;
    private boolean unreadable;

    private IniParser(String file) {
        this.file = file;
    }

    /**
     * Reads a text.
     *
     * @param file name for places
     */
    public static IniFile parse(String file, String text) {
        IniParser parser = new IniParser(file);
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        content.lines().forEach(parser::line);
        parser.endSection();
        return new IniFile(parser.sections, parser.errors);
    }

    private void line(String text) {
        line++;
        if (text.length() > MAX_LINE) {
            error("", "line has " + text.length() + " characters; expected at most " + MAX_LINE);
            return;
        }
        String content = text.strip();
        if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
            return;
        }
        if (key != null && Character.isWhitespace(text.charAt(0))) {
            continuation(key, content);
        } else if (content.startsWith("[")) {
            head(content);
        } else {
            assignment(content);
        }
    }

    private void continuation(String name, String content) {
        IniValue before = values.get(name);
        if (before != null) {
            values.put(name, new IniValue(joined(before.text(), withoutComment(content)), before.position()));
        }
    }

    /** One list of two parts; the separator at the seam may be missing, or be a bar as in filters. */
    private static String joined(String before, String after) {
        boolean separated = before.isEmpty() || before.endsWith("|") || before.endsWith(",");
        return separated || after.startsWith("|") || after.startsWith(",") ? before + after : before + "," + after;
    }

    private void head(String content) {
        endSection();
        int end = content.indexOf(']');
        String name = end < 0
                ? content.substring(1).strip()
                : content.substring(1, end).strip();
        section = name;
        head = new Position(file, line);
        unreadable = true;
        if (end < 0) {
            error("", "expected ] at the end of the section's name");
        } else if (name.isEmpty()) {
            error("", "expected a name between the brackets");
        } else if (name.length() > MAX_NAME) {
            error("", "name has " + name.length() + " characters; expected at most " + MAX_NAME);
        } else {
            String rest = content.substring(end + 1).strip();
            unreadable = false;
            if (!rest.isEmpty() && !rest.startsWith(";") && !rest.startsWith("#")) {
                error("", "unexpected text behind the section's name: '" + shortened(rest) + "'");
            }
        }
    }

    private void assignment(String content) {
        key = null;
        int equals = content.indexOf('=');
        int separator = equals >= 0 ? equals : content.indexOf(':');
        if (separator < 0) {
            error("", "expected key=value, got '" + shortened(content) + "'");
            return;
        }
        String name = content.substring(0, separator).strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            error("", "expected a key of 1 to " + MAX_NAME + " characters before the equals sign");
        } else if (section == null) {
            error(name, "expected a section such as [maxscale] before the first key");
        } else {
            assign(name, withoutComment(content.substring(separator + 1).strip()));
        }
    }

    private void assign(String name, String text) {
        IniValue earlier = values.get(name);
        if (earlier != null) {
            error(name, "is given twice; first in line " + earlier.position().line());
            return;
        }
        key = name;
        values.put(name, new IniValue(text, new Position(file, line)));
    }

    /** Cuts at a semicolon behind white space, unless the value begins with a quote that is closed behind it. */
    private static String withoutComment(String text) {
        int from = 0;
        if (text.startsWith("\"") || text.startsWith("'")) {
            from = Math.max(0, text.indexOf(text.charAt(0), 1));
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == ';' && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
                return text.substring(0, i).strip();
            }
        }
        return text;
    }

    private void endSection() {
        if (section != null && !unreadable) {
            sections.add(new IniSection(section, head, values));
        }
        values = new LinkedHashMap<>();
        key = null;
        section = null;
        unreadable = false;
    }

    private void error(String name, String message) {
        errors.add(new IniError(new Position(file, line), section == null ? "" : section, name, message));
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
