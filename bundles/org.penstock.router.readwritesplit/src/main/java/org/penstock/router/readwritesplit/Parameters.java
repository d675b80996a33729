package org.penstock.router.readwritesplit;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.penstock.api.value.ConfigurationException;
import org.penstock.api.value.Texts;

/** The values of a section, those of {@code router_options} first. Not thread-safe. */
final class Parameters {
    private static final String OPTIONS = "router_options";

    private final Map<String, String> options = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();

    /** @param text the value of {@code router_options} */
    Parameters(String text) {
        for (String option : Texts.list(text)) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new ConfigurationException(ReadWriteSplitConfig.PID, OPTIONS, option, "key=value");
            }
            options.put(
                    option.substring(0, equals).strip(),
                    option.substring(equals + 1).strip());
        }
    }

    /** The value of a parameter; {@code section} is what the section says, or the default. */
    <T> T read(String key, String section, Function<String, T> format) {
        read.add(key);
        try {
            return format.apply(options.getOrDefault(key, section));
        } catch (ConfigurationException e) {
            throw e.at(ReadWriteSplitConfig.PID, key);
        }
    }

    boolean bool(String key, String section) {
        return read(key, section, Texts::bool);
    }

    <E extends Enum<E>> E word(String key, String section, Class<E> type) {
        return read(key, section, text -> Texts.word(text, type));
    }

    /** Refuses options that no {@link #read} has asked for. */
    void requireAllRead() {
        for (String key : options.keySet()) {
            if (!read.contains(key)) {
                throw new ConfigurationException(
                        ReadWriteSplitConfig.PID,
                        OPTIONS,
                        key,
                        "a parameter of this router: " + String.join(", ", new TreeSet<>(read)));
            }
        }
    }
}
