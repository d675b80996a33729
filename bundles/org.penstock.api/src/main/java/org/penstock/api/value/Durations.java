package org.penstock.api.value;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The format of durations: a number with {@code h}, {@code m}, {@code min}, {@code s} or {@code ms}, or a bare number in the unit that the parameter had in MaxScale 2.1. */
public final class Durations {
    /** What a user is told to write. */
    public static final String EXPECTED = "a duration such as 500ms, 10s, 5m or 1h";

    /** Digits of the longest number; no unit makes it overflow a {@link Duration}. */
    private static final Pattern FORMAT = Pattern.compile("(-?\\d{1,12})\\s*(ms|s|m|min|h)?");

    private Durations() {}

    /**
     * A duration; a negative one, with a minus sign, where a parameter gives that a meaning.
     *
     * @param bare unit of a number without one
     */
    public static Duration parse(String text, ChronoUnit bare) {
        Matcher matcher = FORMAT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new ConfigurationException(text, EXPECTED);
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        return Duration.of(amount, unit == null ? bare : unit(unit));
    }

    private static ChronoUnit unit(String text) {
        return switch (text) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.MINUTES;
        };
    }

    /** The shortest spelling that {@link #parse} reads back, such as {@code 90s}. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }
}
