package org.penstock.router.readwritesplit;

import org.penstock.api.value.ConfigurationException;
import org.penstock.api.value.Texts;

/**
 * How many replicas a session may be connected to.
 *
 * @param amount replicas, or percent of the service's servers
 * @param percent whether {@code amount} is percent
 */
record ReplicaLimit(int amount, boolean percent) {
    private static final int MOST_PERCENT = 100;

    /** A number, or a percentage. */
    static ReplicaLimit parse(String text) {
        String written = text.strip();
        if (!written.endsWith("%")) {
            return new ReplicaLimit(Texts.count(written), false);
        }
        try {
            return new ReplicaLimit(
                    (int) Texts.integer(written.substring(0, written.length() - 1), 0, MOST_PERCENT), true);
        } catch (ConfigurationException e) {
            ConfigurationException refused = new ConfigurationException(text, "a number, or 0% to 100%");
            refused.initCause(e);
            throw refused;
        }
    }

    /** Replicas of a service with so many servers; a percentage above zero is at least one. */
    int of(int servers) {
        if (!percent) {
            return amount;
        }
        return amount == 0 ? 0 : Math.max(1, servers * amount / MOST_PERCENT);
    }
}
