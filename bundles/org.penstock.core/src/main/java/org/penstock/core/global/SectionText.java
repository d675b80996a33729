package org.penstock.core.global;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.value.ConfigurationException;
import org.penstock.api.value.Durations;
import org.penstock.api.value.Sizes;
import org.penstock.api.value.Texts;

/** The text values of a configuration section. A bad value is refused with a {@link ConfigurationException} that names the key. */
public final class SectionText {
    private SectionText() {}

    /** A duration; a bare number counts in {@code bare}. */
    public static Duration duration(String key, String value, ChronoUnit bare) {
        return at(key, () -> Durations.parse(value, bare));
    }

    /** Bytes. */
    public static long bytes(String key, String value) {
        return at(key, () -> Sizes.parse(value));
    }

    /** The names of a list whose elements may themselves be lists, separated by commas or {@code |}. */
    public static List<String> names(String[] values) {
        return Arrays.stream(values)
                .flatMap(value -> Texts.list(value).stream())
                .flatMap(value -> Texts.pipeList(value).stream())
                .toList();
    }

    private static <T> T at(String key, Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (ConfigurationException e) {
            throw e.at("", key);
        }
    }

    /** The keys that a user wrote, without those that the framework adds and without the secret ones. */
    public static Map<String, String> written(Map<String, ?> properties, List<String> secrets) {
        Map<String, String> written = new TreeMap<>();
        properties.forEach((key, value) -> {
            boolean own = !key.startsWith(".")
                    && !key.startsWith("component.")
                    && !key.startsWith("service.")
                    && !key.startsWith("felix.")
                    && !key.startsWith("osgi.")
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
