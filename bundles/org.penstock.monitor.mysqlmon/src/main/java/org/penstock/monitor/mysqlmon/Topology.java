package org.penstock.monitor.mysqlmon;

import static org.penstock.api.server.ServerStatus.AUTH_ERROR;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.RELAY_MASTER;
import static org.penstock.api.server.ServerStatus.RUNNING;
import static org.penstock.api.server.ServerStatus.SLAVE;
import static org.penstock.api.server.ServerStatus.SLAVE_OF_EXTERNAL_MASTER;
import static org.penstock.api.server.ServerStatus.STALE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The roles of all servers in one tick, made of their answers, the rules and what was known before. A value without I/O: the same input gives the same verdict.
 *
 * <p>Order: the root primary by the replication tree; else the former one, stale; replicas and relays; circles; replicas whose primary is down; the last survivor.
 */
final class Topology {
    private final TopologyRules rules;
    private final List<ServerProbe> probes;
    private final TopologyMemory memory;
    private final ReplicationGraph graph;
    private final int[] status;
    private final Set<Integer> masters = new TreeSet<>();
    private final Set<Integer> staleMembers = new HashSet<>();
    private final Set<String> toMaintenance = new TreeSet<>();
    private int root = NONE;
    private boolean standalone;

    private static final int NONE = -1;

    private Topology(TopologyRules rules, List<ServerProbe> probes, TopologyMemory memory) {
        this.rules = rules;
        this.probes = probes;
        this.memory = memory;
        this.graph = new ReplicationGraph(probes, memory);
        this.status = new int[probes.size()];
    }

    /** The verdict on a tick's answers, one for each configured server in configured order. */
    static Verdict evaluate(TopologyRules rules, List<ServerProbe> probes, TopologyMemory memory) {
        Topology topology = new Topology(rules, probes, memory);
        topology.assign();
        return topology.verdict();
    }

    private void assign() {
        for (int i = 0; i < status.length; i++) {
            switch (probes.get(i).reach()) {
                case ANSWERED -> status[i] = RUNNING.bit();
                case AUTH_ERROR -> status[i] = AUTH_ERROR.bit();
                case MAINTENANCE -> status[i] = memory.of(probes.get(i).name()).status();
                case DOWN -> status[i] = 0;
            }
        }
        if (status.length == 1) {
            if (answered(0)) {
                setMaster(0);
            }
            return;
        }
        findRoot();
        for (int i = 0; i < status.length; i++) {
            if (answered(i)) {
                assignReplica(i);
            }
        }
        findStandalone();
    }

    private void findRoot() {
        for (int i = 0; i < status.length; i++) {
            if (answered(i) && graph.hasReplicas(i) && graph.top(i) && (root == NONE || betterRoot(i, root))) {
                root = i;
            }
        }
        if (root != NONE) {
            masters.add(root);
            setMaster(root);
        }
        if (rules.multimaster()) {
            for (int i = 0; i < status.length; i++) {
                if (answered(i) && graph.group(i) != 0 && !probes.get(i).readOnly()) {
                    setMaster(i);
                }
            }
            dropReadOnlyRoot();
        }
        if (masters.isEmpty() && rules.staleMaster()) {
            keepStale();
        }
    }

    /** In a circle a read-only member is a replica, even when it is the first. */
    private void dropReadOnlyRoot() {
        if (root != NONE && graph.group(root) != 0 && probes.get(root).readOnly()) {
            status[root] &= ~MASTER.bit();
            masters.remove(root);
            root = masters.isEmpty() ? NONE : masters.iterator().next();
        }
    }

    private boolean betterRoot(int server, int best) {
        if (probes.get(server).readOnly() != probes.get(best).readOnly()) {
            return probes.get(best).readOnly();
        }
        if (isFormerRoot(server) || isFormerRoot(best)) {
            return isFormerRoot(server);
        }
        return graph.replicas(server) > graph.replicas(best);
    }

    private boolean isFormerRoot(int server) {
        return probes.get(server).name().equals(memory.root());
    }

    private void keepStale() {
        for (int i = 0; i < status.length; i++) {
            ServerMemory before = before(i);
            boolean member = rules.multimaster() && before.group() != 0;
            if (!answered(i) || !graph.parents(i).isEmpty() || !(isFormerRoot(i) || member)) {
                continue;
            }
            if (!probes.get(i).readOnly() && MASTER.in(before.status())) {
                setMaster(i);
                status[i] |= STALE.bit();
                staleMembers.add(i);
            } else if (member && probes.get(i).readOnly() && SLAVE.in(before.status())) {
                status[i] |= SLAVE.bit() | STALE.bit();
                staleMembers.add(i);
            }
        }
    }

    private void assignReplica(int server) {
        ServerProbe probe = probes.get(server);
        if (masters.contains(server)) {
            if (graph.external(server) && probe.replicates() && !rules.ignoreExternal()) {
                status[server] |= SLAVE.bit() | SLAVE_OF_EXTERNAL_MASTER.bit();
            }
            return;
        }
        if (probe.replicates()) {
            status[server] |= SLAVE.bit();
            if (graph.external(server)) {
                status[server] |= SLAVE_OF_EXTERNAL_MASTER.bit();
            }
        } else if (rules.staleSlave() && before(server).staleCandidate() && masters.isEmpty()) {
            status[server] |= SLAVE.bit();
        }
        if (graph.hasReplicas(server) && !graph.parents(server).isEmpty() && SLAVE.in(status[server])) {
            boolean circle = rules.multimaster() && graph.group(server) != 0;
            status[server] |= circle ? 0 : RELAY_MASTER.bit();
        }
    }

    private void findStandalone() {
        int survivor = NONE;
        int survivors = 0;
        for (int i = 0; i < status.length; i++) {
            if (answered(i)) {
                survivor = i;
                survivors++;
            } else if (failures(i) < rules.failcount()) {
                return;
            }
        }
        if (!rules.standalone() || survivors != 1) {
            return;
        }
        ServerProbe probe = probes.get(survivor);
        if (probe.readOnly() || !probe.links().isEmpty()) {
            return;
        }
        standalone = true;
        setMaster(survivor);
        status[survivor] |= STALE.bit();
        for (ServerProbe other : probes) {
            if (!rules.allowRecovery() && !other.answered() && other.reach() != ServerProbe.Reach.MAINTENANCE) {
                toMaintenance.add(other.name());
            }
        }
    }

    private void setMaster(int server) {
        status[server] |= MASTER.bit();
        masters.add(server);
        if (root == NONE) {
            root = server;
        }
    }

    private boolean answered(int server) {
        return probes.get(server).answered();
    }

    private ServerMemory before(int server) {
        return memory.of(probes.get(server).name());
    }

    private int failures(int server) {
        int before = before(server).failures();
        return switch (probes.get(server).reach()) {
            case ANSWERED -> 0;
            case MAINTENANCE -> before;
            case DOWN, AUTH_ERROR -> before + 1;
        };
    }

    private Verdict verdict() {
        int[] depths = graph.depths(masters);
        List<Verdict.ServerVerdict> verdicts = new ArrayList<>();
        Map<String, ServerMemory> next = new HashMap<>();
        for (int i = 0; i < status.length; i++) {
            ServerProbe probe = probes.get(i);
            ServerMemory remembered = remember(i);
            next.put(probe.name(), remembered);
            verdicts.add(new Verdict.ServerVerdict(
                    probe, status[i], depths[i], rules.multimaster() ? remembered.group() : 0, graph.masterIds(i)));
        }
        String rootName = root == NONE ? memory.root() : probes.get(root).name();
        TopologyMemory nextMemory = new TopologyMemory(rootName, masters.isEmpty(), standalone, next);
        return new Verdict(verdicts, root == NONE ? "" : rootName, toMaintenance, nextMemory);
    }

    private ServerMemory remember(int server) {
        ServerProbe probe = probes.get(server);
        ServerMemory before = before(server);
        long id = ReplicationGraph.serverId(probe, memory);
        return switch (probe.reach()) {
            case MAINTENANCE -> before;
            case DOWN, AUTH_ERROR -> new ServerMemory(id, List.of(), failures(server), false, 0, status[server]);
            case ANSWERED -> {
                boolean candidate =
                        masters.isEmpty() ? before.staleCandidate() : probe.replicates() && !masters.contains(server);
                int group = staleMembers.contains(server) ? before.group() : graph.group(server);
                yield new ServerMemory(id, graph.masterIds(server), 0, candidate, group, status[server]);
            }
        };
    }
}
