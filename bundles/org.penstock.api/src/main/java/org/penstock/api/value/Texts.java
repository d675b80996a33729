package org.penstock.api.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The formats of truth values, numbers, words, lists and quoted text. */
public final class Texts {
    private Texts() {}

    /** A truth value: {@code true yes on 1} or {@code false no off 0}, in any case. */
    public static boolean bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new ConfigurationException(text, "true, yes, on, 1 or false, no, off, 0");
        };
    }

    /** A whole number within bounds. */
    public static long integer(String text, long min, long max) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            ConfigurationException refused = new ConfigurationException(text, range(min, max));
            refused.initCause(e);
            throw refused;
        }
        throw new ConfigurationException(text, range(min, max));
    }

    /** A whole number from 0 up. */
    public static int count(String text) {
        return (int) integer(text, 0, Integer.MAX_VALUE);
    }

    private static String range(long min, long max) {
        if (min <= Integer.MIN_VALUE && max >= Integer.MAX_VALUE) {
            return "a whole number";
        }
        return max >= Integer.MAX_VALUE
                ? "a whole number from " + min + " up"
                : "a whole number from " + min + " to " + max;
    }

    /** A word, that of a constant in any case. */
    public static <E extends Enum<E>> E word(String text, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text.strip())) {
                return constant;
            }
        }
        throw new ConfigurationException(text, "one of " + String.join(", ", known(type)));
    }

    /** A comma list of words; none for an empty text. */
    public static <E extends Enum<E>> Set<E> words(String text, Class<E> type) {
        Set<E> found = EnumSet.noneOf(type);
        for (String word : list(text)) {
            try {
                found.add(word(word, type));
            } catch (ConfigurationException e) {
                throw new ConfigurationException(text, "a comma list of " + String.join(", ", known(type)));
            }
        }
        return found;
    }

    private static <E extends Enum<E>> List<String> known(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The elements of a comma list, without white space around them and without empty ones. */
    public static List<String> list(String text) {
        return split(text, ",");
    }

    /** The elements of a list separated by {@code |}, without white space around them and without empty ones. */
    public static List<String> pipeList(String text) {
        return split(text, "|");
    }

    private static List<String> split(String text, String separator) {
        List<String> elements = new ArrayList<>();
        for (String element : text.split(Pattern.quote(separator), -1)) {
            if (!element.isBlank()) {
                elements.add(element.strip());
            }
        }
        return List.copyOf(elements);
    }

    /** A text without the double or single quotes around it. */
    public static String unquoted(String text) {
        return enclosed(text, '"') || enclosed(text, '\'') ? text.substring(1, text.length() - 1) : text;
    }

    /** A regular expression without the slashes around it that newer versions allow. */
    public static String regex(String text) {
        String pattern = unquoted(text);
        return enclosed(pattern, '/') ? pattern.substring(1, pattern.length() - 1) : pattern;
    }

    private static boolean enclosed(String text, char mark) {
        return text.length() > 1 && text.charAt(0) == mark && text.charAt(text.length() - 1) == mark;
    }
}
