package org.penstock.router.readwritesplit;

import java.util.function.LongSupplier;
import org.penstock.api.server.ServerView;
import org.penstock.api.server.ServerWeights;

/** What the servers for a read are compared by: the lower score is the better one. */
record Scores(Criterion criterion, ServerWeights weights, Estimates estimates, Figures figures, LongSupplier clock) {
    /** Above the score of every server that has a weight. */
    private static final long WEIGHTLESS = 1L << 60;

    long of(ServerView server) {
        return switch (criterion) {
            case LEAST_CURRENT_OPERATIONS -> weighted(server, server.operations());
            case LEAST_GLOBAL_CONNECTIONS -> weighted(server, server.connections());
            case LEAST_ROUTER_CONNECTIONS -> weighted(server, figures.using(server.name()));
            case LEAST_BEHIND_MASTER -> lag(server);
            case ADAPTIVE_ROUTING -> estimates.of(server, clock.getAsLong());
        };
    }

    private long weighted(ServerView server, long load) {
        int weight = weights.of(server);
        return weight == 0 ? WEIGHTLESS + load : (load + 1) * ServerWeights.FULL / weight;
    }

    private static long lag(ServerView server) {
        long lag = Roles.lag(server);
        return lag == Roles.UNKNOWN_LAG ? Integer.MAX_VALUE : lag;
    }
}
