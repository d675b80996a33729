package org.penstock.monitor.mysqlmon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.penstock.api.server.ServerStatus;

/** Servers of a test that are asked tick by tick; server {@code sN} has the server id N. */
final class Cluster {
    static final TopologyRules DEFAULTS = new TopologyRules(true, true, false, false, 5, true, false);

    private final Map<String, ServerProbe> probes = new LinkedHashMap<>();
    TopologyRules rules = DEFAULTS;
    TopologyMemory memory = TopologyMemory.NEW;
    Verdict verdict;

    Cluster(int size) {
        for (int i = 1; i <= size; i++) {
            alone(i);
        }
    }

    Cluster alone(int server) {
        return set(server, false);
    }

    Cluster readOnly(int server) {
        return set(server, true);
    }

    Cluster replicates(int server, long... masters) {
        ReplicaLink[] links = new ReplicaLink[masters.length];
        for (int i = 0; i < masters.length; i++) {
            links[i] = new ReplicaLink(masters[i], ReplicaLink.Io.YES, true, 0L);
        }
        return set(server, true, links);
    }

    /** As {@link #replicates}, but writable. */
    Cluster writable(int server, long master) {
        return set(server, false, new ReplicaLink(master, ReplicaLink.Io.YES, true, 0L));
    }

    Cluster connecting(int server, long master) {
        return set(server, true, new ReplicaLink(master, ReplicaLink.Io.CONNECTING, true, null));
    }

    Cluster stopped(int server, long master) {
        return set(server, true, new ReplicaLink(master, ReplicaLink.Io.NO, false, null));
    }

    Cluster down(int server) {
        return without(server, ServerProbe.Reach.DOWN);
    }

    Cluster refused(int server) {
        return without(server, ServerProbe.Reach.AUTH_ERROR);
    }

    Cluster maintenance(int server) {
        return without(server, ServerProbe.Reach.MAINTENANCE);
    }

    private Cluster without(int server, ServerProbe.Reach reach) {
        probes.put("s" + server, ServerProbe.without("s" + server, reach));
        return this;
    }

    private Cluster set(int server, boolean readOnly, ReplicaLink... links) {
        probes.put(
                "s" + server,
                new ServerProbe(
                        "s" + server,
                        ServerProbe.Reach.ANSWERED,
                        server,
                        readOnly,
                        List.of(links),
                        List.of(),
                        Map.of()));
        return this;
    }

    Cluster tick() {
        verdict = Topology.evaluate(rules, new ArrayList<>(probes.values()), memory);
        memory = verdict.memory();
        return this;
    }

    Cluster ticks(int count) {
        for (int i = 0; i < count; i++) {
            tick();
        }
        return this;
    }

    /** The status of all servers in words, in configured order. */
    List<String> words() {
        return verdict.servers().stream()
                .map(server -> ServerStatus.describe(server.status()))
                .toList();
    }

    List<Integer> depths() {
        return verdict.servers().stream().map(Verdict.ServerVerdict::depth).toList();
    }

    List<Integer> groups() {
        return verdict.servers().stream().map(Verdict.ServerVerdict::group).toList();
    }
}
