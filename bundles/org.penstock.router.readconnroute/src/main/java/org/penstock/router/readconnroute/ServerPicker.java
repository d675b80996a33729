package org.penstock.router.readconnroute;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;
import org.penstock.api.server.ServerWeights;

/**
 * The choice of a server for a new session: of those in a wanted role the one with the fewest connections for its weight; on a tie the one that had
 * fewer since the start, then the first by configuration. The root primary stands in when no server has a wanted role.
 */
final class ServerPicker {
    private static final long UNKNOWN_LAG = -1;

    private final ReadConnRouteSettings settings;

    ServerPicker(ReadConnRouteSettings settings) {
        this.settings = settings;
    }

    /** The server for a new session, or null when none fits. */
    @Nullable
    ServerView pick(List<ServerView> servers, ServerWeights weights) {
        ServerView root = rootMaster(servers);
        ServerView best = null;
        for (ServerView server : servers) {
            if (server.connectable() && wanted(server, root) && (best == null || better(server, best, weights))) {
                best = server;
            }
        }
        return best == null && mayFallBack() && root != null && root.connectable() ? root : best;
    }

    /** The usable primary of the lowest depth, or null. */
    static @Nullable ServerView rootMaster(List<ServerView> servers) {
        ServerView root = null;
        for (ServerView server : servers) {
            if (server.usable()
                    && server.is(ServerStatus.MASTER)
                    && (root == null || number(server, "depth", 0) < number(root, "depth", 0))) {
                root = server;
            }
        }
        return root;
    }

    private boolean wanted(ServerView server, @Nullable ServerView root) {
        boolean isRoot = Objects.equals(server, root);
        if (isRoot && settings.wants(ServerStatus.MASTER)) {
            return true;
        }
        if (isRoot ? !settings.masterAcceptReads() : lags(server)) {
            return false;
        }
        return settings.wants(ServerStatus.RUNNING)
                || (settings.wants(ServerStatus.SYNCED) && server.is(ServerStatus.SYNCED))
                || (settings.wants(ServerStatus.NDB) && server.is(ServerStatus.NDB))
                || (settings.wants(ServerStatus.SLAVE) && !isRoot && isReplica(server));
    }

    private boolean mayFallBack() {
        return settings.wants(ServerStatus.MASTER) || settings.masterAcceptReads();
    }

    private boolean lags(ServerView server) {
        Duration max = settings.maxReplicationLag();
        if (max.isZero() || !replicates(server)) {
            return false;
        }
        long lag = number(server, "replication_lag", UNKNOWN_LAG);
        return lag == UNKNOWN_LAG || Duration.ofSeconds(lag).compareTo(max) > 0;
    }

    /** Whether a lag can be known of it: masters that replicate from one another have none. */
    private static boolean replicates(ServerView server) {
        return !server.is(ServerStatus.MASTER) && (isReplica(server) || number(server, "master_id", 0) > 0);
    }

    private static boolean isReplica(ServerView server) {
        return server.is(ServerStatus.SLAVE) || server.is(ServerStatus.RELAY_MASTER);
    }

    private static boolean better(ServerView server, ServerView best, ServerWeights weights) {
        int weight = weights.of(server);
        int bestWeight = weights.of(best);
        if (weight == 0 || bestWeight == 0) {
            return bestWeight == 0 && (weight > 0 || fewer(server.connections(), best.connections(), server, best));
        }
        long load = (server.connections() + 1L) * ServerWeights.FULL / weight;
        long bestLoad = (best.connections() + 1L) * ServerWeights.FULL / bestWeight;
        return fewer(load, bestLoad, server, best);
    }

    private static boolean fewer(long load, long bestLoad, ServerView server, ServerView best) {
        return load < bestLoad || (load == bestLoad && server.totalConnections() < best.totalConnections());
    }

    private static long number(ServerView server, String fact, long unknown) {
        String text = server.facts().get(fact);
        if (text == null) {
            return unknown;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return unknown;
        }
    }
}
