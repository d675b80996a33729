package org.penstock.config.check;

import org.penstock.config.ini.Position;

/**
 * One mistake in the configuration.
 *
 * @param position file and line
 * @param section configured name; empty outside of one
 * @param key parameter; empty when it is about the section
 * @param message what is wrong
 * @param expected what would be right; empty when the message says it
 * @param nearest the name that was probably meant; empty for none
 */
public record Problem(Position position, String section, String key, String message, String expected, String nearest) {
    /** The line that a user reads: {@code file:line: [section] key: message; did you mean nearest?} */
    @Override
    public String toString() {
        return position + ": " + withoutPlace();
    }

    /** The line without file and line, for a change that stands in no file yet. */
    public String withoutPlace() {
        StringBuilder text = new StringBuilder();
        if (!section.isEmpty()) {
            text.append('[').append(section).append("] ");
        }
        if (!key.isEmpty()) {
            text.append(key).append(": ");
        }
        text.append(message);
        if (!nearest.isEmpty()) {
            text.append("; did you mean ").append(nearest).append('?');
        }
        return text.toString();
    }
}
