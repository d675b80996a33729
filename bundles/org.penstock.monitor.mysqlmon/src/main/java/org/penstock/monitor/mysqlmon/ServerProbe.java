package org.penstock.monitor.mysqlmon;

import java.util.List;
import java.util.Map;

/**
 * What one server answered in one tick.
 *
 * @param name configured name
 * @param reach whether it answered
 * @param serverId its server id, 0 when unknown
 * @param readOnly its {@code read_only}
 * @param links its replication connections
 * @param replicaIds server ids of the replicas that it lists; asked of servers older than 5.5 only
 * @param facts further values to show
 */
record ServerProbe(
        String name,
        Reach reach,
        long serverId,
        boolean readOnly,
        List<ReplicaLink> links,
        List<Long> replicaIds,
        Map<String, String> facts) {
    /** Outcome of asking. */
    enum Reach {
        ANSWERED,
        DOWN,
        AUTH_ERROR,
        /** Not asked: an operator has taken it out. */
        MAINTENANCE
    }

    ServerProbe {
        links = List.copyOf(links);
        replicaIds = List.copyOf(replicaIds);
        facts = Map.copyOf(facts);
    }

    static ServerProbe without(String name, Reach reach) {
        return new ServerProbe(name, reach, 0, false, List.of(), List.of(), Map.of());
    }

    boolean answered() {
        return reach == Reach.ANSWERED;
    }

    /** Whether it replicates: on all of its connections both threads run. */
    boolean replicates() {
        return !links.isEmpty() && links.stream().allMatch(ReplicaLink::running);
    }

    ServerProbe withLinks(List<ReplicaLink> links) {
        return new ServerProbe(name, reach, serverId, readOnly, links, replicaIds, facts);
    }

    ServerProbe withFacts(Map<String, String> facts) {
        return new ServerProbe(name, reach, serverId, readOnly, links, replicaIds, facts);
    }
}
