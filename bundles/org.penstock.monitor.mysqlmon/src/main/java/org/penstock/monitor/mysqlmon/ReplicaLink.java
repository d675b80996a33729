package org.penstock.monitor.mysqlmon;

import org.jspecify.annotations.Nullable;

/**
 * One replication connection of a server, as the server describes it.
 *
 * @param masterId server id of the other end, 0 when it was never connected
 * @param io state of the thread that fetches events
 * @param sql whether the thread that applies them runs
 * @param lag seconds behind, or null when unknown
 */
record ReplicaLink(long masterId, Io io, boolean sql, @Nullable Long lag) {
    /** State of the fetching thread. */
    enum Io {
        YES,
        CONNECTING,
        NO
    }

    boolean running() {
        return io == Io.YES && sql;
    }
}
