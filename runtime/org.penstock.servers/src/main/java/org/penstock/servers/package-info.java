/**
 * Real MariaDB servers, from an archive on Maven Central, for the demo, the integration tests and the benchmarks.
 *
 * <p>{@link org.penstock.servers.EmbeddedCluster} is the entry point: a primary with GTID replicas on ephemeral loopback ports, each a
 * process of its own in a directory that is removed on close. {@link org.penstock.servers.ServersMain} is the same as a command.
 *
 * <p>The server is GPL-2.0: it is fetched by the user's own Maven, runs as a separate process and is part of nothing that is published.
 */
@NullMarked
package org.penstock.servers;

import org.jspecify.annotations.NullMarked;
