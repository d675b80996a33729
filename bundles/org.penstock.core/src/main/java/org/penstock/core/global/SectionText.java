package org.penstock.core.global;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text values of a configuration section in MaxScale's formats. Every method throws {@link IllegalArgumentException} that names the key. */
public final class SectionText {
    private static final Pattern DURATION = Pattern.compile("(-?\\d{1,12})\\s*(ms|s|m|min|h)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([KMGT]i?)?B?", Pattern.CASE_INSENSITIVE);

    private SectionText() {}

    /** A duration such as {@code 500ms}, {@code 10s}, {@code 5m} or {@code 1h}; a bare number counts in {@code bare}. */
    public static Duration duration(String key, String value, ChronoUnit bare) {
        Matcher matcher = DURATION.matcher(value.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    key + ": expected a duration such as 500ms, 10s, 5m or 1h, got '" + value + "'");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit == null) {
            return Duration.of(amount, bare);
        }
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    /** Bytes: a number, with {@code k M G T} for powers of 1000 or {@code Ki Mi Gi Ti} for powers of 1024. */
    public static long bytes(String key, String value) {
        Matcher matcher = SIZE.matcher(value.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    key + ": expected a size such as 4096, 64Ki or 10M, got '" + value + "'");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit == null) {
            return amount;
        }
        long base = unit.length() > 1 ? 1024 : 1000;
        int power = "KMGT".indexOf(Character.toUpperCase(unit.charAt(0))) + 1;
        long factor = 1;
        for (int i = 0; i < power; i++) {
            factor *= base;
        }
        try {
            return Math.multiplyExact(amount, factor);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(key + ": too large: '" + value + "'", e);
        }
    }

    /** The names of a list whose elements may themselves be lists; {@code separators} is a character class. */
    public static List<String> names(String[] values, String separators) {
        return Arrays.stream(values)
                .flatMap(value -> Arrays.stream(value.split("[" + separators + "]", -1)))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The keys that a user wrote, without those that the framework adds and without the secret ones. */
    public static Map<String, String> written(Map<String, ?> properties, List<String> secrets) {
        Map<String, String> written = new TreeMap<>();
        properties.forEach((key, value) -> {
            boolean own = !key.startsWith(".")
                    && !key.startsWith("component.")
                    && !key.startsWith("service.")
                    && !key.startsWith("felix.")
                    && !key.startsWith("penstock.")
                    && !secrets.contains(key);
            if (own && value != null) {
                written.put(key, text(value));
            }
        });
        return written;
    }

    private static String text(@Nullable Object value) {
        return value instanceof Object[] values
                ? String.join(",", Arrays.stream(values).map(String::valueOf).toList())
                : String.valueOf(value);
    }
}
