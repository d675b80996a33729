package org.penstock.monitor.mysqlmon;

import java.util.List;
import java.util.Set;

/**
 * What one tick makes of the cluster.
 *
 * @param servers in configured order
 * @param root name of the root primary, empty for none
 * @param toMaintenance names of servers to be put into maintenance
 * @param memory for the next tick
 */
record Verdict(List<ServerVerdict> servers, String root, Set<String> toMaintenance, TopologyMemory memory) {
    /**
     * What it makes of one server.
     *
     * @param probe what the server answered
     * @param status mask to report
     * @param depth distance from the primary, {@link ReplicationGraph#NO_DEPTH} outside its tree
     * @param group number of its circle of primaries, 0 for none
     * @param masterIds server ids from which it replicates
     */
    record ServerVerdict(ServerProbe probe, int status, int depth, int group, List<Long> masterIds) {}

    Verdict {
        servers = List.copyOf(servers);
        toMaintenance = Set.copyOf(toMaintenance);
    }
}
