package org.penstock.api.monitor;

import java.util.Map;

/**
 * What a tick found out about one server.
 *
 * @param status mask of {@link org.penstock.api.server.ServerStatus} bits; maintenance is the operator's and ignored here
 * @param facts what {@code show server} prints beside the status, by name: {@code server_id}, {@code master_id}, {@code replication_lag}, ...
 */
public record ServerReport(int status, Map<String, String> facts) {
    public ServerReport {
        facts = Map.copyOf(facts);
    }
}
