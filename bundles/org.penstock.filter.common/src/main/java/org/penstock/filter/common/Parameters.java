package org.penstock.filter.common;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of one section; a bad value is refused with PID, key, value and what was expected.
 *
 * @param pid of the module
 */
public record Parameters(String pid) {
    private static final String SIZE_EXPECTED = "a size above 0 such as 65536, 64Ki or 1M";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})([kmgt])?(i)?", Pattern.CASE_INSENSITIVE);

    public IllegalArgumentException bad(String key, String value, String expected) {
        return new IllegalArgumentException(pid + ": " + key + ": expected " + expected + ", got '" + value + "'");
    }

    /** A value that must be there and not be empty. */
    public String required(String key, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(pid + ": " + key + ": expected a value, it is mandatory");
        }
        return value;
    }

    /** A value that must be there, possibly empty. */
    public String present(String key, @Nullable String value) {
        return value != null ? value : required(key, null);
    }

    /** true, yes, on, 1 or false, no, off, 0. */
    public boolean bool(String key, String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw bad(key, value, "true, yes, on, 1 or false, no, off, 0");
        };
    }

    /** A whole number. */
    public long number(String key, String value, long min, long max) {
        String expected = "a whole number from " + min + " to " + max;
        try {
            long number = Long.parseLong(value.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(key, value, expected);
        }
        throw bad(key, value, expected);
    }

    /** Bytes: a whole number above 0 with an optional suffix Ki, Mi, Gi, Ti (1024) or k, M, G, T (1000), in any case. */
    public long size(String key, String value) {
        Matcher matcher = SIZE.matcher(value.strip());
        if (!matcher.matches()) {
            throw bad(key, value, SIZE_EXPECTED);
        }
        String letter = matcher.group(2);
        long unit = letter == null
                ? 1
                : Math.round(Math.pow(
                        matcher.group(3) == null ? 1000 : 1024,
                        "kmgt".indexOf(letter.toLowerCase(Locale.ROOT)) + 1.0));
        long count = Long.parseLong(matcher.group(1));
        if (count < 1 || count > Long.MAX_VALUE / unit) {
            throw bad(key, value, SIZE_EXPECTED);
        }
        return count * unit;
    }

    /** One word of the enumeration, in lower case. */
    public <E extends Enum<E>> E word(String key, String value, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value.strip().toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw bad(key, value, "one of " + String.join(", ", wordsOf(type)));
    }

    /** A comma list of words, those of the enumeration in lower case. */
    public <E extends Enum<E>> Set<E> words(String key, String value, Class<E> type) {
        Set<E> found = EnumSet.noneOf(type);
        List<String> known = wordsOf(type);
        for (String word : value.split(",")) {
            int index = known.indexOf(word.strip().toLowerCase(Locale.ROOT));
            if (index < 0) {
                throw bad(key, value, "a comma list of " + String.join(", ", known));
            }
            found.add(type.getEnumConstants()[index]);
        }
        return found;
    }

    private static <E extends Enum<E>> List<String> wordsOf(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** A pattern, or null for an empty value. */
    public @Nullable StatementPattern pattern(String key, String value, Set<StatementPattern.Option> options) {
        if (value.isEmpty()) {
            return null;
        }
        try {
            return StatementPattern.compile(value, options);
        } catch (IllegalArgumentException e) {
            IllegalArgumentException bad = bad(key, value, "a regular expression (" + e.getMessage() + ")");
            bad.initCause(e);
            throw bad;
        }
    }

    /** A text without the quotes around it. */
    public static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
