package org.penstock.monitor.mysqlmon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who replicates from whom. Servers are numbered in configured order. A link that is reconnecting stays an edge when it was one before; servers in
 * maintenance keep the edges that they had.
 */
final class ReplicationGraph {
    /** Depth of a server that is no part of the root's tree. */
    static final int NO_DEPTH = -1;

    private final int size;
    private final List<Set<Integer>> parents = new ArrayList<>();
    private final List<List<Long>> masterIds = new ArrayList<>();
    private final boolean[][] below;
    private final int[] group;

    ReplicationGraph(List<ServerProbe> probes, TopologyMemory memory) {
        this.size = probes.size();
        this.below = new boolean[size][size];
        this.group = new int[size];
        Map<Long, Integer> byId = new HashMap<>();
        for (int i = 0; i < size; i++) {
            long id = serverId(probes.get(i), memory);
            if (id != 0) {
                byId.putIfAbsent(id, i);
            }
        }
        for (int i = 0; i < size; i++) {
            addNode(i, probes.get(i), memory.of(probes.get(i).name()), byId);
        }
        close();
        numberGroups();
    }

    static long serverId(ServerProbe probe, TopologyMemory memory) {
        return probe.serverId() != 0
                ? probe.serverId()
                : memory.of(probe.name()).serverId();
    }

    /** Monitored servers from which it replicates. */
    Set<Integer> parents(int server) {
        return parents.get(server);
    }

    /** Server ids from which it replicates, monitored or not. */
    List<Long> masterIds(int server) {
        return masterIds.get(server);
    }

    /** Whether it replicates, but from no monitored server. */
    boolean external(int server) {
        return !masterIds(server).isEmpty() && parents(server).isEmpty();
    }

    boolean hasReplicas(int server) {
        return replicas(server) > 0;
    }

    /** Number of other servers that replicate from it, directly or through others. */
    int replicas(int server) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (i != server && below[i][server]) {
                count++;
            }
        }
        return count;
    }

    /** Number of the circle that it is part of, from 1; 0 for none. */
    int group(int server) {
        return group[server];
    }

    /** Whether all that it replicates from is in its own circle. */
    boolean top(int server) {
        return parents(server).stream().allMatch(parent -> group[server] != 0 && group[parent] == group[server]);
    }

    /** Distances from a set of roots along the replication; {@link #NO_DEPTH} for servers that none of them feeds. */
    int[] depths(Set<Integer> roots) {
        int[] depth = new int[size];
        Arrays.fill(depth, NO_DEPTH);
        roots.forEach(root -> depth[root] = 0);
        for (int distance = 1; distance <= size; distance++) {
            for (int i = 0; i < size; i++) {
                int above = distance - 1;
                if (depth[i] == NO_DEPTH && parents(i).stream().anyMatch(parent -> depth[parent] == above)) {
                    depth[i] = distance;
                }
            }
        }
        return depth;
    }

    private void addNode(int server, ServerProbe probe, ServerMemory memory, Map<Long, Integer> byId) {
        List<Long> ids = connectedIds(probe, memory);
        Set<Integer> found = new HashSet<>();
        for (long id : ids) {
            Integer parent = byId.get(id);
            if (parent != null && parent != server) {
                found.add(parent);
            }
        }
        masterIds.add(ids);
        parents.add(found);
    }

    private static List<Long> connectedIds(ServerProbe probe, ServerMemory memory) {
        if (probe.reach() == ServerProbe.Reach.MAINTENANCE) {
            return memory.masterIds();
        }
        List<Long> ids = new ArrayList<>();
        for (ReplicaLink link : probe.links()) {
            boolean reconnects = link.io() == ReplicaLink.Io.CONNECTING
                    && link.sql()
                    && memory.masterIds().contains(link.masterId());
            if (link.masterId() > 0 && (link.running() || reconnects)) {
                ids.add(link.masterId());
            }
        }
        return ids;
    }

    private void close() {
        for (int i = 0; i < size; i++) {
            for (int parent : parents(i)) {
                below[i][parent] = true;
            }
        }
        for (int via = 0; via < size; via++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; below[i][via] && j < size; j++) {
                    below[i][j] |= below[via][j];
                }
            }
        }
    }

    private void numberGroups() {
        int last = 0;
        for (int i = 0; i < size; i++) {
            if (group[i] == 0 && below[i][i]) {
                last++;
                for (int j = i; j < size; j++) {
                    if (below[i][j] && below[j][i]) {
                        group[j] = last;
                    }
                }
            }
        }
    }
}
