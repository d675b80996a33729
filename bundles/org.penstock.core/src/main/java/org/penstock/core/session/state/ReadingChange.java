package org.penstock.core.session.state;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a SET makes of {@code sql_mode} and of the client's character set, as far as its text says.
 *
 * @param setsMode whether it sets the mode
 * @param mode the mode, or null where only the server knows
 * @param setsCharset whether it sets the character set
 * @param charset its name, or null where only the server knows
 */
public record ReadingChange(boolean setsMode, @Nullable String mode, boolean setsCharset, @Nullable String charset) {
    /** Longest text that is looked at. */
    static final int MAX_LENGTH = 4096;

    private static final ReadingChange UNKNOWN = new ReadingChange(true, null, true, null);
    private static final String VALUE =
            "(?:'([^'\\\\]*+)'|\"([^\"\\\\]*+)\"|([A-Za-z0-9_]++))\\s*+(?=,|;|COLLATE\\b|\\*/|$)";
    private static final Pattern MODE = Pattern.compile("\\bSQL_MODE`?+\\s*+:?+=\\s*+(?:" + VALUE + ")?+", flags());
    private static final Pattern CHARSET = Pattern.compile(
            "(?:\\bNAMES\\s*+|\\bCHAR(?:ACTER\\s++|\\s*+)SET\\s*+(?!=)|\\bCHARACTER_SET_CLIENT`?+\\s*+:?+=\\s*+)(?:"
                    + VALUE + ")?+",
            flags());

    private static int flags() {
        return Pattern.CASE_INSENSITIVE;
    }

    /** Reads the text behind the command byte of a payload of {@code length} bytes. */
    public static ReadingChange of(byte[] payload, int length) {
        if (length > MAX_LENGTH) {
            return UNKNOWN;
        }
        String text = new String(payload, 1, length - 1, StandardCharsets.ISO_8859_1);
        if (text.indexOf('(') >= 0 || text.indexOf('#') >= 0 || text.contains("--")) {
            String upper = text.toUpperCase(Locale.ROOT);
            return new ReadingChange(
                    upper.contains("SQL_MODE"), null, upper.contains("NAMES") || upper.contains("CHAR"), null);
        }
        boolean setsMode = false;
        String mode = null;
        for (Matcher found = MODE.matcher(text); found.find(); ) {
            setsMode = true;
            mode = value(found);
        }
        boolean setsCharset = false;
        String charset = null;
        for (Matcher found = CHARSET.matcher(text); found.find(); ) {
            setsCharset = true;
            charset = value(found);
        }
        return setsMode || setsCharset ? new ReadingChange(setsMode, mode, setsCharset, known(charset)) : UNKNOWN;
    }

    private static @Nullable String known(@Nullable String charset) {
        return "default".equals(charset) ? null : charset;
    }

    private static @Nullable String value(Matcher found) {
        for (int group = 1; group <= 3; group++) {
            String value = found.group(group);
            if (value != null) {
                String plain = value.toLowerCase(Locale.ROOT);
                return group == 3 && plain.equals("default") ? null : plain;
            }
        }
        return null;
    }
}
