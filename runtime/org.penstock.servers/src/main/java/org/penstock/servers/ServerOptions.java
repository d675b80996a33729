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

    ServerOptions {
        if (maxConnections < 10 || maxConnections > 100_000) {
            throw new IllegalArgumentException("maxConnections is " + maxConnections + ", expected 10 to 100000");
        }
        for (String option : extra) {
            if (!option.startsWith("--")) {
                throw new IllegalArgumentException("server option '" + option + "' must begin with --");
            }
        }
        extra = List.copyOf(extra);
    }
}
