package org.penstock.filter.common;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.value.ConfigurationException;
import org.penstock.api.value.Sizes;
import org.penstock.api.value.Texts;

/**
 * Reads the parameters of one section; a bad value is refused with the place, key, value and what was expected.
 *
 * @param place what errors name, the PID of the module
 */
public record Parameters(String place) {
    private enum PatternWord {
        IGNORECASE,
        CASE,
        EXTENDED
    }

    public ConfigurationException bad(String key, String value, String expected) {
        return new ConfigurationException(place, key, value, expected);
    }

    /** A value that must be there, possibly empty. */
    public String present(String key, @Nullable String value) {
        if (value == null) {
            throw bad(key, "", "a value, it is mandatory");
        }
        return value;
    }

    /** A value that must be there and not be empty. */
    public String required(String key, @Nullable String value) {
        return present(key, value == null || value.isEmpty() ? null : value);
    }

    public boolean bool(String key, String value) {
        return placed(key, () -> Texts.bool(value));
    }

    /** A whole number within bounds. */
    public long number(String key, String value, long min, long max) {
        return placed(key, () -> Texts.integer(value, min, max));
    }

    /** Bytes, at least one. */
    public long size(String key, String value) {
        long bytes = placed(key, () -> Sizes.parse(value));
        if (bytes < 1) {
            throw bad(key, value, Sizes.EXPECTED);
        }
        return bytes;
    }

    /** One word of an enumeration. */
    public <E extends Enum<E>> E word(String key, String value, Class<E> type) {
        return placed(key, () -> Texts.word(value, type));
    }

    /** A comma list of words of an enumeration. */
    public <E extends Enum<E>> Set<E> words(String key, String value, Class<E> type) {
        return placed(key, () -> Texts.words(value, type));
    }

    /** How patterns are read: {@code ignorecase} unless {@code case} is given, {@code extended}. */
    public Set<StatementPattern.Option> patternOptions(String key, String value) {
        Set<PatternWord> words = words(key, value, PatternWord.class);
        if (words.contains(PatternWord.IGNORECASE) && words.contains(PatternWord.CASE)) {
            throw bad(key, value, "either ignorecase or case");
        }
        Set<StatementPattern.Option> options = EnumSet.noneOf(StatementPattern.Option.class);
        if (!words.contains(PatternWord.CASE)) {
            options.add(StatementPattern.Option.IGNORE_CASE);
        }
        if (words.contains(PatternWord.EXTENDED)) {
            options.add(StatementPattern.Option.FREE_SPACING);
        }
        return options;
    }

    /** A pattern, or null for an empty value. */
    public @Nullable StatementPattern pattern(String key, String value, Set<StatementPattern.Option> options) {
        if (value.isEmpty()) {
            return null;
        }
        return placed(key, () -> StatementPattern.compile(value, options));
    }

    private <T> T placed(String key, Supplier<T> read) {
        try {
            return read.get();
        } catch (ConfigurationException e) {
            throw e.at(place, key);
        }
    }
}
