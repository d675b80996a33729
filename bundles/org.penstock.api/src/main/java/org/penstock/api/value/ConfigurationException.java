package org.penstock.api.value;

/** A value of the configuration that is refused. The message names its place as far as it is known, what was expected and what was found. */
public final class ConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String section;
    private final String key;
    private final String value;
    private final String expected;

    /**
     * A refused value.
     *
     * @param section configured name or PID; empty when unknown
     * @param key parameter; empty when unknown
     * @param value as written
     * @param expected what would be right, to be read after "expected"
     */
    public ConfigurationException(String section, String key, String value, String expected) {
        super((section.isEmpty() ? "" : "[" + section + "] ")
                + (key.isEmpty() ? "" : key + ": ")
                + "expected " + expected + ", got '" + value + "'");
        this.section = section;
        this.key = key;
        this.value = value;
        this.expected = expected;
    }

    /** A refused value whose place the caller of the format adds by {@link #at}. */
    public ConfigurationException(String value, String expected) {
        this("", "", value, expected);
    }

    /** The same refusal with its place. */
    public ConfigurationException at(String place, String parameter) {
        ConfigurationException placed = new ConfigurationException(place, parameter, value, expected);
        placed.initCause(this);
        return placed;
    }

    public String section() {
        return section;
    }

    public String key() {
        return key;
    }

    public String value() {
        return value;
    }

    public String expected() {
        return expected;
    }
}
