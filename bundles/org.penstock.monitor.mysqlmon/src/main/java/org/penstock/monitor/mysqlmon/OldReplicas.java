package org.penstock.monitor.mysqlmon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives the replicas of servers older than 5.5, whose status does not name the primary's id, that id from the primary's own list. */
final class OldReplicas {
    private OldReplicas() {}

    static List<ServerProbe> link(List<ServerProbe> probes) {
        Map<Long, Long> masterOf = new HashMap<>();
        for (ServerProbe probe : probes) {
            probe.replicaIds().forEach(replica -> masterOf.put(replica, probe.serverId()));
        }
        if (masterOf.isEmpty()) {
            return probes;
        }
        List<ServerProbe> linked = new ArrayList<>();
        for (ServerProbe probe : probes) {
            long master = masterOf.getOrDefault(probe.serverId(), 0L);
            linked.add(probe.withLinks(probe.links().stream()
                    .map(link ->
                            link.masterId() == 0 ? new ReplicaLink(master, link.io(), link.sql(), link.lag()) : link)
                    .toList()));
        }
        return linked;
    }
}
