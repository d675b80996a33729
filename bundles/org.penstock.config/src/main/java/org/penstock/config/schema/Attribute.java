package org.penstock.config.schema;

import java.lang.reflect.Array;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.penstock.api.value.ConfigurationException;
import org.penstock.api.value.Durations;
import org.penstock.api.value.Sizes;
import org.penstock.api.value.Texts;

/**
 * One parameter.
 *
 * @param id key as users write it
 * @param type of a value
 * @param list whether the value is a list
 * @param mandatory whether a section must have it
 * @param description with unit and range
 * @param fallback default as text; null for none
 * @param min lowest number
 * @param max highest number
 * @param options values allowed; none for any
 */
public record Attribute(
        String id,
        Type type,
        boolean list,
        boolean mandatory,
        String description,
        @Nullable String fallback,
        long min,
        long max,
        List<String> options) {
    private static final String WITHOUT_EFFECT = "Accepted, without effect";

    /** Types of metatype, with the Java type that ConfigAdmin carries. */
    public enum Type {
        STRING(String.class),
        PASSWORD(String.class),
        BOOLEAN(Boolean.class),
        INTEGER(Integer.class),
        LONG(Long.class),
        DOUBLE(Double.class);

        private final Class<?> carrier;

        Type(Class<?> carrier) {
            this.carrier = carrier;
        }

        static Type named(String word) {
            return switch (word) {
                case "Boolean" -> BOOLEAN;
                case "Integer", "Short", "Byte" -> INTEGER;
                case "Long" -> LONG;
                case "Double", "Float" -> DOUBLE;
                case "Password" -> PASSWORD;
                default -> STRING;
            };
        }
    }

    public Attribute {
        options = List.copyOf(options);
    }

    /** Whether it is accepted for old files only. */
    public boolean withoutEffect() {
        return description.startsWith(WITHOUT_EFFECT);
    }

    /** The value that ConfigAdmin carries for a text; lists become arrays. Throws {@link ConfigurationException}. */
    public Object convert(String text) {
        if (!list) {
            return single(text);
        }
        List<String> elements =
                (id.equals("filters") ? text.replace('|', ',') : text).isBlank() ? List.of() : elements(text);
        Object array = Array.newInstance(type.carrier, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, single(elements.get(i)));
        }
        return array;
    }

    private List<String> elements(String text) {
        return Texts.list(id.equals("filters") ? text.replace('|', ',') : text);
    }

    private Object single(String text) {
        return switch (type) {
            case STRING, PASSWORD -> text(text);
            case BOOLEAN -> Texts.bool(text);
            case INTEGER -> (int) number(text, Math.max(min, Integer.MIN_VALUE), Math.min(max, Integer.MAX_VALUE));
            case LONG -> number(text, min, max);
            case DOUBLE -> decimal(text);
        };
    }

    private String text(String text) {
        ValueFormat format = ValueFormat.of(description);
        boolean unset = text.isEmpty() && fallback != null && fallback.isEmpty();
        switch (format.kind()) {
            case DURATION -> {
                if (!unset) {
                    duration(text, format);
                }
            }
            case SIZE -> {
                if (!unset) {
                    Sizes.parse(text);
                }
            }
            case PLAIN -> {
                return options.isEmpty() ? text : option(text);
            }
        }
        return text;
    }

    private static Duration duration(String text, ValueFormat format) {
        Duration duration = Durations.parse(text, format.bare());
        if (duration.isNegative() && !format.negative()) {
            throw new ConfigurationException(text, Durations.EXPECTED);
        }
        return duration;
    }

    private String option(String text) {
        for (String option : options) {
            if (option.equalsIgnoreCase(text)) {
                return option;
            }
        }
        throw new ConfigurationException(
                text, "one of " + String.join(", ", options).toLowerCase(Locale.ROOT));
    }

    private long number(String text, long lowest, long highest) {
        ValueFormat format = ValueFormat.of(description);
        long number =
                switch (format.kind()) {
                    case DURATION ->
                        duration(text, format).dividedBy(format.bare().getDuration());
                    case SIZE -> Sizes.parse(text);
                    case PLAIN -> Texts.integer(text, lowest, highest);
                };
        return format.kind() == ValueFormat.Kind.PLAIN
                ? number
                : Texts.integer(String.valueOf(number), lowest, highest);
    }

    private static Double decimal(String text) {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            ConfigurationException refused = new ConfigurationException(text, "a number");
            refused.initCause(e);
            throw refused;
        }
    }
}
