package org.penstock.core.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.error.BackendException;
import org.penstock.api.monitor.MonitorContext;
import org.penstock.api.monitor.MonitorSchedule;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;
import org.penstock.core.server.Server;
import org.penstock.core.server.Servers;

/** One tick as its monitor sees it. A server that did not answer may be asked again, which goes over a new connection. */
@AnyThread
final class TickContext implements MonitorContext {
    private final String monitor;
    private final Servers registry;
    private final List<Server> servers;
    private final MonitorSchedule schedule;
    private final MonitorConnections connections;
    private volatile boolean over;

    TickContext(
            String monitor,
            Servers registry,
            List<Server> servers,
            MonitorSchedule schedule,
            MonitorConnections connections) {
        this.monitor = monitor;
        this.registry = registry;
        this.servers = servers;
        this.schedule = schedule;
        this.connections = connections;
    }

    @Override
    public List<ServerView> servers() {
        return new ArrayList<>(servers);
    }

    @Override
    public CompletionStage<QueryResult> ask(ServerView view, String sql) {
        Server server = registry.find(view.name());
        if (over || server == null) {
            String why = over ? "the tick is over" : "the server was removed";
            return CompletableFuture.failedFuture(new BackendException(view.name(), why, null));
        }
        return connections.ask(server, schedule, sql);
    }

    @Override
    public String version(ServerView server) {
        return connections.version(server.name());
    }

    @Override
    public void maintenance(ServerView server, boolean on) {
        String who = "monitor '" + monitor + "'";
        if (registry.find(server.name()) == null || over) {
            return;
        }
        if (on) {
            registry.set(server.name(), ServerStatus.MAINTENANCE, who);
        } else {
            registry.clear(server.name(), ServerStatus.MAINTENANCE, who);
        }
    }

    /** From now on nothing is asked and nothing changed. */
    void end() {
        over = true;
    }
}
