package org.penstock.config.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of configured objects. */
public enum Kind {
    GLOBAL,
    SERVER,
    SERVICE,
    LISTENER,
    ROUTER,
    FILTER,
    MONITOR;

    /** Kinds that a section's {@code type} may name. */
    public static final List<Kind> OF_SECTIONS = List.of(SERVER, SERVICE, LISTENER, FILTER, MONITOR);

    /** The word in {@code type=} and in PIDs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the object is a module: a change makes a new revision instead of a change in place. */
    public boolean module() {
        return this == ROUTER || this == FILTER || this == MONITOR;
    }

    /** The kind that a section's {@code type} names, or null. */
    public static @Nullable Kind ofSection(String type) {
        return OF_SECTIONS.stream()
                .filter(kind -> kind.word().equalsIgnoreCase(type))
                .findFirst()
                .orElse(null);
    }

    /** All words of {@code type=}. */
    public static List<String> words() {
        return Arrays.stream(values())
                .filter(OF_SECTIONS::contains)
                .map(Kind::word)
                .toList();
    }
}
