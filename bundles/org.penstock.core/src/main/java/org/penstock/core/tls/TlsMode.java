package org.penstock.core.tls;

import java.util.Locale;

/** Whether connections are encrypted. */
public enum TlsMode {
    OFF,
    /** Listeners only: those clients that ask for it. */
    OPTIONAL,
    REQUIRED;

    /**
     * The value of the parameter {@code ssl} in the words of every version.
     *
     * @throws IllegalArgumentException for another word
     */
    public static TlsMode of(String word) {
        return switch (word.trim().toLowerCase(Locale.ROOT)) {
            case "required", "true", "on", "yes", "1" -> REQUIRED;
            case "optional" -> OPTIONAL;
            case "", "disabled", "false", "off", "no", "0" -> OFF;
            default ->
                throw new IllegalArgumentException(
                        "ssl: expected required, optional, disabled, true or false, got '" + word + "'");
        };
    }
}
