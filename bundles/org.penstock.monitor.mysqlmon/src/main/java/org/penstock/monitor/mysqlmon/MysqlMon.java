package org.penstock.monitor.mysqlmon;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.monitor.Monitor;
import org.penstock.api.monitor.MonitorContext;
import org.penstock.api.monitor.MonitorSchedule;
import org.penstock.api.monitor.ServerReport;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.ModuleState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The monitor of primaries and replicas: asks all servers at once, then gives each its role. */
@Component(
        service = Monitor.class,
        configurationPid = MysqlMonConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MysqlMonConfig.class, factory = true)
public final class MysqlMon implements Monitor {
    private static final Logger LOG = LoggerFactory.getLogger(MysqlMon.class);

    private final MysqlMonSettings settings;
    private final ServerProber prober;
    private final Heartbeat heartbeat;
    private volatile TopologyMemory memory = TopologyMemory.NEW;
    private volatile String name = "";

    @Activate
    public MysqlMon(MysqlMonConfig config) {
        this(MysqlMonSettings.of(config), Clock.systemUTC());
    }

    MysqlMon(MysqlMonSettings settings, Clock clock) {
        this.settings = settings;
        this.prober = new ServerProber(settings.attempts(), settings.mysql51Replication());
        this.heartbeat = new Heartbeat(clock, monitorId(), settings.schedule().interval());
    }

    @Override
    public void start(ModuleContext context) {
        name = context.name();
    }

    @Override
    public MonitorSchedule schedule() {
        return settings.schedule();
    }

    @Override
    public CompletionStage<Map<String, ServerReport>> tick(MonitorContext context) {
        List<CompletableFuture<ServerProbe>> asked = new ArrayList<>();
        for (ServerView server : context.servers()) {
            asked.add(prober.probe(context, server));
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenCompose(ignored -> {
            List<ServerProbe> probes =
                    asked.stream().map(CompletableFuture::join).toList();
            return judge(context, OldReplicas.link(probes));
        });
    }

    @Override
    public ModuleState exportState() {
        return memory.toState();
    }

    @Override
    public void importState(ModuleState state) {
        memory = TopologyMemory.of(state);
    }

    private CompletionStage<Map<String, ServerReport>> judge(MonitorContext context, List<ServerProbe> probes) {
        TopologyMemory before = memory;
        Verdict verdict = Topology.evaluate(settings.rules(), probes, before);
        memory = verdict.memory();
        logChanges(before, verdict);
        for (ServerView server : context.servers()) {
            if (verdict.toMaintenance().contains(server.name())) {
                context.maintenance(server, true);
            }
        }
        return lags(context, verdict).thenApply(lags -> ReportWriter.reports(verdict, lags));
    }

    private CompletionStage<Map<String, Long>> lags(MonitorContext context, Verdict verdict) {
        if (!settings.detectReplicationLag()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        List<ServerView> replicas = new ArrayList<>();
        ServerView primary = null;
        for (Verdict.ServerVerdict server : verdict.servers()) {
            for (ServerView view : context.servers()) {
                boolean same = view.name().equals(server.probe().name());
                if (same && view.name().equals(verdict.root())) {
                    primary = view;
                } else if (same && server.probe().replicates()) {
                    replicas.add(view);
                }
            }
        }
        return primary == null
                ? CompletableFuture.completedFuture(Map.of())
                : heartbeat.measure(
                        context, primary, verdict.memory().of(primary.name()).serverId(), replicas);
    }

    private void logChanges(TopologyMemory before, Verdict verdict) {
        TopologyMemory after = verdict.memory();
        if (after.masterless() && !before.masterless()) {
            LOG.atError()
                    .addKeyValue("monitor", name)
                    .addKeyValue("formerMaster", before.root())
                    .log("no master can be determined");
        } else if (!after.masterless() && (before.masterless() || !after.root().equals(before.root()))) {
            LOG.atInfo()
                    .addKeyValue("monitor", name)
                    .addKeyValue("server", after.root())
                    .addKeyValue("formerMaster", before.root())
                    .log("the master is known");
        }
        if (after.standalone() && !before.standalone()) {
            LOG.atWarn()
                    .addKeyValue("monitor", name)
                    .addKeyValue("server", after.root())
                    .addKeyValue("toMaintenance", verdict.toMaintenance())
                    .log("the last running server is taken for the master ({})", ServerStatus.STALE.text());
        }
    }

    /** Tells this machine's rows in the heartbeat table from those of others. */
    private static long monitorId() {
        CRC32 checksum = new CRC32();
        String host = System.getenv().getOrDefault("HOSTNAME", "penstock");
        checksum.update(host.getBytes(StandardCharsets.UTF_8));
        return checksum.getValue() & 0x7FFF_FFFFL;
    }
}
