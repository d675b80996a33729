package org.penstock.core.service;

import java.util.List;

/**
 * The parameters of one service's section that belong to the core; the others are the router's.
 *
 * @param name configured name
 * @param router name of the router's module
 * @param servers names of its servers in configured order; none for a router that answers by itself
 * @param filters names of its filters in the order in which commands pass them
 * @param accounts whose accounts clients log in with
 * @param limits what a session may take
 * @param versionString version that clients are greeted with; empty for the servers' own
 * @param cluster name of the monitor whose servers are the service's, instead of {@code servers}; empty for none
 */
public record ServiceSettings(
        String name,
        String router,
        List<String> servers,
        List<String> filters,
        AccountSettings accounts,
        SessionLimits limits,
        String versionString,
        String cluster) {
    /** Most filters of one service. */
    public static final int MAX_FILTERS = 64;

    public ServiceSettings {
        servers = List.copyOf(servers);
        filters = List.copyOf(filters);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("service: expected a name");
        }
        if (router.isEmpty()) {
            throw new IllegalArgumentException("service '" + name + "': router: expected the name of a module");
        }
        if (filters.size() > MAX_FILTERS) {
            throw new IllegalArgumentException(
                    "service '" + name + "': filters: expected at most " + MAX_FILTERS + ", got " + filters.size());
        }
        if (!cluster.isEmpty() && !servers.isEmpty()) {
            throw new IllegalArgumentException("service '" + name + "': expected either servers or cluster");
        }
    }
}
