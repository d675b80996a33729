package org.penstock.core.monitor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.monitor.MonitorSchedule;
import org.penstock.api.monitor.ServerReport;
import org.penstock.api.server.ServerView;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerFailure;
import org.penstock.core.server.Servers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of one monitor's reports: the servers' status, the events between two ticks, the scripts for them. Used by one tick at a time. */
@AnyThread
final class ReportRoom {
    private static final Logger LOG = LoggerFactory.getLogger(ReportRoom.class);

    private final String monitor;
    private final Servers servers;
    private final EventScripts scripts;
    private volatile List<String> watched = List.of();
    private volatile boolean looked;
    /** Status after the last tick, by server; a server without one has no event yet. */
    private final Map<String, Integer> statuses = new HashMap<>();

    private final Set<String> complained = new HashSet<>();
    private @Nullable String lastFailure;

    ReportRoom(String monitor, Servers servers, EventScripts scripts) {
        this.monitor = monitor;
        this.servers = servers;
        this.scripts = scripts;
    }

    List<String> watched() {
        return watched;
    }

    /** Whether a tick has ended, well or not. */
    boolean looked() {
        return looked;
    }

    /** The context of a tick that begins now. */
    synchronized TickContext begin(MonitorSchedule schedule, MonitorConnections connections) {
        Map<String, String> taken = servers.watch(monitor, schedule.servers());
        taken.forEach((server, other) -> {
            if (complained.add(server)) {
                LOG.warn(
                        "Monitor '{}': server '{}' stays with monitor '{}', since one monitor only may watch it",
                        monitor,
                        server,
                        other);
            }
        });
        complained.retainAll(taken.keySet());
        List<String> own = new ArrayList<>(schedule.servers());
        own.removeAll(taken.keySet());
        watched = List.copyOf(own);
        statuses.keySet().retainAll(own);
        return new TickContext(monitor, servers, servers.existing(own), schedule, connections);
    }

    synchronized void apply(MonitorSchedule schedule, Map<String, ServerReport> reports) {
        looked = true;
        if (lastFailure != null) {
            LOG.info("Monitor '{}' works again", monitor);
            lastFailure = null;
        }
        List<Server> all = servers.existing(watched);
        for (Server server : all) {
            ServerReport report = reports.get(server.name());
            if (report != null) {
                servers.report(monitor, server.name(), report);
            }
        }
        List<ServerView> views = new ArrayList<>(all);
        for (Server server : all) {
            int after = server.status();
            Integer before = statuses.put(server.name(), after);
            MonitorEvent event = before == null ? null : MonitorEvent.of(before, after);
            if (event != null) {
                happened(schedule, event, server, views);
            }
        }
    }

    /** A tick that failed: every status stays as it was. */
    synchronized void failed(Throwable failure) {
        looked = true;
        Throwable cause = ServerFailure.unwrapped(failure);
        String text = cause instanceof TimeoutException ? "it did not end in time" : cause.toString();
        if (!text.equals(lastFailure)) {
            LOG.warn("Monitor '{}': a look at its servers failed, their status stays as it was: {}", monitor, text);
        }
        lastFailure = text;
    }

    synchronized void close() {
        servers.unwatch(monitor);
        watched = List.of();
    }

    private void happened(MonitorSchedule schedule, MonitorEvent event, Server server, List<ServerView> views) {
        LOG.info("Monitor '{}': {} on server '{}'", monitor, event.word(), server.name());
        boolean wanted = schedule.events().isEmpty()
                || schedule.events().stream().anyMatch(word -> event.word().equals(word.toLowerCase(Locale.ROOT)));
        if (schedule.script().isBlank() || !wanted) {
            return;
        }
        try {
            List<String> words = ScriptCommand.words(schedule.script());
            scripts.run(monitor, event, ScriptCommand.filled(words, event, server, views));
        } catch (IllegalArgumentException e) {
            LOG.error("Monitor '{}': script is not run: {}", monitor, e.getMessage());
        }
    }
}
