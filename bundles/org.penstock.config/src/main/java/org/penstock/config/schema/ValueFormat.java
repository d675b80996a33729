package org.penstock.config.schema;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What metatype has no type for, read from an attribute's description: {@code duration (bare number: seconds)} or, as words of their own between commas or at the end,
 * {@code size}.
 *
 * @param kind what the text is
 * @param bare unit of a bare number of a duration
 * @param negative whether a duration below zero has a meaning: the description says {@code negative}
 */
public record ValueFormat(Kind kind, ChronoUnit bare, boolean negative) {
    /** What a text is. */
    public enum Kind {
        PLAIN,
        DURATION,
        SIZE
    }

    static final ValueFormat PLAIN = new ValueFormat(Kind.PLAIN, ChronoUnit.SECONDS, false);

    private static final Pattern DURATION =
            Pattern.compile("\\bduration\\b[ ,(]*bare numbers?(?::| are| in) (milliseconds|seconds|minutes|hours)");
    private static final Pattern SIZE = Pattern.compile("[,(] ?(?:a )?size(?: in bytes)?(?=$|[,;:.)( ])");

    /** The format that a description names. */
    public static ValueFormat of(String description) {
        String text = description.toLowerCase(Locale.ROOT);
        Matcher duration = DURATION.matcher(text);
        if (duration.find()) {
            return new ValueFormat(Kind.DURATION, unit(duration.group(1)), text.contains("negative"));
        }
        return SIZE.matcher(text).find() ? new ValueFormat(Kind.SIZE, ChronoUnit.SECONDS, false) : PLAIN;
    }

    private static ChronoUnit unit(String word) {
        return switch (word) {
            case "milliseconds" -> ChronoUnit.MILLIS;
            case "minutes" -> ChronoUnit.MINUTES;
            case "hours" -> ChronoUnit.HOURS;
            default -> ChronoUnit.SECONDS;
        };
    }
}
