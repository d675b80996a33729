package org.penstock.core.service;

import java.time.Duration;

/**
 * What sessions of a service may take; zero means no limit.
 *
 * @param maxConnections most sessions at a time
 * @param maxQueued clients that wait for a place beyond those
 * @param queueTimeout how long one waits
 * @param waitTimeout how long a session may be idle
 * @param netWriteTimeout how long a client may take to read what waits for it
 * @param keepalive idle time after which a server connection of a busy session is pinged
 * @param forceKeepalive whether those of idle sessions are pinged too
 * @param idlePoolTime idle time after which a session lends its server connections to the pool; negative for never
 * @param multiplexTimeout how long such a session waits to get one back
 * @param moduleWaitTimeout how long a session waits for a module that is missing
 */
public record SessionLimits(
        int maxConnections,
        int maxQueued,
        Duration queueTimeout,
        Duration waitTimeout,
        Duration netWriteTimeout,
        Duration keepalive,
        boolean forceKeepalive,
        Duration idlePoolTime,
        Duration multiplexTimeout,
        Duration moduleWaitTimeout) {
    public static final SessionLimits DEFAULT = new SessionLimits(
            0,
            0,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(300),
            false,
            Duration.ofSeconds(-1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30));

    public SessionLimits {
        if (maxConnections < 0 || maxQueued < 0) {
            throw new IllegalArgumentException("max_connections, max_queued_connections: expected 0 or more");
        }
        notNegative("queued_connection_timeout", queueTimeout);
        notNegative("wait_timeout", waitTimeout);
        notNegative("net_write_timeout", netWriteTimeout);
        notNegative("multiplex_timeout", multiplexTimeout);
        notNegative("module_wait_timeout", moduleWaitTimeout);
    }

    private static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + ": expected 0 or more, got " + value);
        }
    }
}
