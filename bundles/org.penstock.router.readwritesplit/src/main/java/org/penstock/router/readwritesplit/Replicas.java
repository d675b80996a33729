package org.penstock.router.readwritesplit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.router.RouterContext;
import org.penstock.api.server.ServerView;

/** The choice of a server for a read of one session: the lowest score of those that fit. Servers with the same score take turns. */
final class Replicas {
    /** A connection whose server lags this many seconds, and twice the limit, is given up. */
    static final long LOST_BEHIND = 300;

    private static final long DOUBTFUL = 1L << 61;

    private final RouterContext context;
    private final ReadWriteSplitSettings settings;
    private final Primary primary;
    private final Losses losses;
    private final Scores scores;
    private int turn;

    Replicas(RouterContext context, ReadWriteSplitSettings settings, Primary primary, Losses losses, Scores scores) {
        this.context = context;
        this.settings = settings;
        this.primary = primary;
        this.losses = losses;
        this.scores = scores;
        this.turn = (int) context.id();
    }

    /** The server for a read that tolerates less than so many seconds of lag; null when the primary has to serve it. */
    @Nullable
    String choose(long lagBelow) {
        List<ServerView> servers = context.servers();
        int limit = settings.links().most().of(servers.size());
        if (limit == 0) {
            return null;
        }
        boolean more = connected(servers) < limit && context.replayable();
        int rank = rank(servers);
        int first = Math.floorMod(turn++, Math.max(1, servers.size()));
        ServerView best = null;
        long lowest = 0;
        for (int i = 0; i < servers.size(); i++) {
            ServerView server = servers.get((first + i) % servers.size());
            if (serves(server, more) && Roles.rank(server) == rank && near(server, lagBelow)) {
                long score = scores.of(server) + (losses.doubtful(server.name()) ? DOUBTFUL : 0);
                if (best == null || score < lowest) {
                    best = server;
                    lowest = score;
                }
            }
        }
        return best == null ? null : best.name();
    }

    /** The replicas that a session connects at its start, the best first. */
    List<String> first() {
        List<ServerView> servers = context.servers();
        int limit = Math.min(settings.links().first(), settings.links().most().of(servers.size()));
        int rank = rank(servers);
        List<ServerView> fit = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            ServerView server = servers.get(Math.floorMod(turn + i, servers.size()));
            if (Roles.isReplica(server)
                    && server.connectable()
                    && !primary.is(server.name())
                    && Roles.rank(server) == rank
                    && near(server, settings.reads().lagBelow())) {
                fit.add(server);
            }
        }
        fit.sort((one, other) -> Long.compare(scores.of(one), scores.of(other)));
        return fit.stream().limit(limit).map(ServerView::name).toList();
    }

    /** Whether a connection to this server is not to be kept: the server is in maintenance, of another rank than the primary, or far behind. */
    boolean stale(ServerView server) {
        if (!server.usable()) {
            return true;
        }
        if (primary.is(server.name())) {
            return false;
        }
        long limit = settings.reads().lagBelow();
        boolean behind =
                limit != ReadWriteSplitSettings.ANY_LAG && Roles.lag(server) > Math.max(LOST_BEHIND, 2 * limit);
        return behind || Roles.rank(server) != rank(context.servers());
    }

    private boolean serves(ServerView server, boolean more) {
        if (primary.is(server.name())) {
            return settings.reads().onPrimary() && primary.serves();
        }
        if (!Roles.isReplica(server)) {
            return false;
        }
        return context.connectedTo(server.name()) || (more && server.connectable() && !losses.avoided(server.name()));
    }

    private boolean near(ServerView server, long lagBelow) {
        if (lagBelow == ReadWriteSplitSettings.ANY_LAG || primary.is(server.name())) {
            return true;
        }
        long lag = Roles.lag(server);
        return lag != Roles.UNKNOWN_LAG && lag < lagBelow;
    }

    private int connected(List<ServerView> servers) {
        int count = 0;
        for (int i = 0; i < servers.size(); i++) {
            String name = servers.get(i).name();
            if (!primary.is(name) && context.connectedTo(name)) {
                count++;
            }
        }
        return count;
    }

    /** The rank of all servers of the session: the primary's; without one the best of those that are connected, else of those that are usable. */
    private int rank(List<ServerView> servers) {
        ServerView own = Roles.named(servers, primary.name());
        if (own != null && own.usable()) {
            return Roles.rank(own);
        }
        int best = Integer.MAX_VALUE;
        boolean found = false;
        for (int i = 0; i < servers.size(); i++) {
            ServerView server = servers.get(i);
            boolean linked = context.connectedTo(server.name());
            if (Roles.isReplica(server) && (linked || !found)) {
                best = linked && !found ? Roles.rank(server) : Math.min(best, Roles.rank(server));
                found |= linked;
            }
        }
        return best;
    }
}
