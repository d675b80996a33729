package org.penstock.router.readwritesplit;

/** What the choice among replicas goes by; the words are those of the configuration. */
enum Criterion {
    /** Commands in flight on the server, of all services. */
    LEAST_CURRENT_OPERATIONS,
    /** The estimated time until the server would have answered one more command. */
    ADAPTIVE_ROUTING,
    /** The replication lag that the monitor measured. */
    LEAST_BEHIND_MASTER,
    /** Sessions of this service that use the server. */
    LEAST_ROUTER_CONNECTIONS,
    /** Connections of all sessions to the server. */
    LEAST_GLOBAL_CONNECTIONS
}
