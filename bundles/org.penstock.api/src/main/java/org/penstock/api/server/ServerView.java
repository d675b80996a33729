package org.penstock.api.server;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.AnyThread;

/** One server; the getters give the current values. The object stays the same while the server's section exists. */
@ProviderType
@AnyThread
public interface ServerView {
    /** Configured name. */
    String name();

    String address();

    int port();

    /** Mask of {@link ServerStatus} bits. */
    int status();

    default boolean is(ServerStatus status) {
        return status.in(status());
    }

    /** Running and not in maintenance. */
    default boolean usable() {
        return is(ServerStatus.RUNNING) && !is(ServerStatus.MAINTENANCE);
    }

    /** Usable, and not being drained: may get new connections. */
    default boolean connectable() {
        return usable() && !is(ServerStatus.DRAINING);
    }

    /** Server connections of sessions that are open now. */
    int connections();

    /** Server connections opened since the start. */
    long totalConnections();

    /** Commands in flight. */
    int operations();

    /** Version string as the server announced it, or null before it was seen. */
    @Nullable
    String version();

    /** What the monitor reported beside the status: {@code server_id}, {@code master_id}, {@code replication_lag} (seconds), {@code depth}, and others. */
    Map<String, String> facts();

    /** Value of a parameter of the server's section, custom ones included, or null. */
    @Nullable
    String parameter(String key);
}
