package org.penstock.servers;

import java.util.List;

/**
 * What one server is started with.
 *
 * @param serverId the replication id, from 1
 * @param maxConnections sessions that are not the administrator's
 * @param readOnly whether ordinary accounts may only read
 * @param extra further options of mariadbd such as {@code --wait-timeout=5}; they win over the defaults
 */
record ServerOptions(int serverId, int maxConnections, boolean readOnly, List<String> extra) {

    static final int FEWEST_CONNECTIONS = 10;
    static final int MOST_CONNECTIONS = 100_000;

    ServerOptions {
        checkMaxConnections(maxConnections);
        extra.forEach(ServerOptions::checkExtra);
        extra = List.copyOf(extra);
    }

    static void checkMaxConnections(int count) {
        if (count < FEWEST_CONNECTIONS || count > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "maxConnections is " + count + ", expected " + FEWEST_CONNECTIONS + " to " + MOST_CONNECTIONS);
        }
    }

    static void checkExtra(String option) {
        if (!option.startsWith("--")) {
            throw new IllegalArgumentException("server option '" + option + "' must begin with --");
        }
    }
}
