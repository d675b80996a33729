package org.penstock.monitor.mysqlmon;

import java.util.HashMap;
import java.util.Map;
import org.penstock.api.monitor.ServerReport;
import org.penstock.api.server.ServerStatus;

/** Turns a verdict into the reports of its servers; servers in maintenance have none. */
final class ReportWriter {
    private ReportWriter() {}

    /**
     * @param measured lags by server name that replace what replicas say themselves
     */
    static Map<String, ServerReport> reports(Verdict verdict, Map<String, Long> measured) {
        Map<String, ServerReport> reports = new HashMap<>();
        for (Verdict.ServerVerdict server : verdict.servers()) {
            if (server.probe().reach() != ServerProbe.Reach.MAINTENANCE) {
                reports.put(
                        server.probe().name(),
                        new ServerReport(server.status(), facts(server, verdict.memory(), measured)));
            }
        }
        return reports;
    }

    private static Map<String, String> facts(
            Verdict.ServerVerdict server, TopologyMemory memory, Map<String, Long> measured) {
        ServerProbe probe = server.probe();
        Map<String, String> facts = new HashMap<>(probe.facts());
        long id = memory.of(probe.name()).serverId();
        if (id != 0) {
            facts.put("server_id", Long.toString(id));
        }
        if (!probe.answered()) {
            return facts;
        }
        facts.put("read_only", probe.readOnly() ? "ON" : "OFF");
        if (!server.masterIds().isEmpty()) {
            facts.put("master_id", Long.toString(server.masterIds().get(0)));
        }
        if (server.depth() != ReplicationGraph.NO_DEPTH) {
            facts.put("depth", Integer.toString(server.depth()));
        }
        if (server.group() != 0) {
            facts.put("master_group", Integer.toString(server.group()));
        }
        replication(server, measured, facts);
        return facts;
    }

    private static void replication(
            Verdict.ServerVerdict server, Map<String, Long> measured, Map<String, String> facts) {
        ServerProbe probe = server.probe();
        if (probe.links().isEmpty()) {
            return;
        }
        ReplicaLink.Io io = ReplicaLink.Io.YES;
        boolean sql = true;
        for (ReplicaLink link : probe.links()) {
            io = link.io().compareTo(io) > 0 ? link.io() : io;
            sql &= link.sql();
        }
        facts.put(
                "slave_io_running",
                switch (io) {
                    case YES -> "Yes";
                    case CONNECTING -> "Connecting";
                    case NO -> "No";
                });
        facts.put("slave_sql_running", sql ? "Yes" : "No");
        Long own = ReplicaStatus.lag(probe.links());
        Long lag = measured.getOrDefault(probe.name(), own == null ? -1L : own);
        if (lag >= 0 && !ServerStatus.MASTER.in(server.status())) {
            facts.put("replication_lag", Long.toString(lag));
        }
    }
}
