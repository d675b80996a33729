package org.penstock.router.readwritesplit;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;

/** What the monitor's words about a server mean for this router. */
final class Roles {
    /** The lag of a server of which none is known. */
    static final long UNKNOWN_LAG = -1;

    private static final String SECONDARY = "secondary";

    private Roles() {}

    static @Nullable ServerView named(List<ServerView> servers, @Nullable String name) {
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i).name().equals(name)) {
                return servers.get(i);
            }
        }
        return null;
    }

    static boolean isPrimary(ServerView server) {
        return server.usable() && server.is(ServerStatus.MASTER);
    }

    /** Whether no session could begin with a primary. */
    static boolean noPrimary(List<ServerView> servers) {
        return servers.stream().noneMatch(server -> isPrimary(server) && server.connectable());
    }

    static boolean isReplica(ServerView server) {
        return server.usable() && (server.is(ServerStatus.SLAVE) || server.is(ServerStatus.RELAY_MASTER));
    }

    /** 0 for {@code rank=primary}, 1 for {@code secondary}; the lower is used while there is one. */
    static int rank(ServerView server) {
        String rank = server.parameter("rank");
        return rank != null && rank.strip().equalsIgnoreCase(SECONDARY) ? 1 : 0;
    }

    /** Seconds behind the primary, or {@link #UNKNOWN_LAG}. */
    static long lag(ServerView server) {
        return number(server, "replication_lag", UNKNOWN_LAG);
    }

    /** Replication steps from the root. */
    static long depth(ServerView server) {
        return number(server, "depth", 0);
    }

    /** The best primary: by rank, depth, then connections; null when there is none. One that is drained, or was lost too often lately, counts only while it is connected. */
    static @Nullable ServerView root(List<ServerView> servers, Losses losses, Predicate<String> connected) {
        ServerView root = null;
        for (ServerView server : servers) {
            boolean reachable =
                    connected.test(server.name()) || (server.connectable() && !losses.avoided(server.name()));
            if (isPrimary(server) && reachable && (root == null || isBetter(server, root))) {
                root = server;
            }
        }
        return root;
    }

    private static boolean isBetter(ServerView server, ServerView than) {
        int order = Integer.compare(rank(server), rank(than));
        if (order == 0) {
            order = Long.compare(depth(server), depth(than));
        }
        return order == 0 ? server.connections() < than.connections() : order < 0;
    }

    private static long number(ServerView server, String fact, long fallback) {
        String text = server.facts().get(fact);
        if (text == null) {
            return fallback;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return fallback;
        }
    }
}
