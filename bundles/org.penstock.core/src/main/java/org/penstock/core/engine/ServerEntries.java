package org.penstock.core.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.admin.Details;
import org.penstock.core.server.ConnectGate;
import org.penstock.core.server.PoolFigures;
import org.penstock.core.server.Server;
import org.penstock.core.server.Servers;

/** What {@code show server} says: load, connects, the pool, facts of the monitor, parameters. */
final class ServerEntries {
    private final Servers servers;

    ServerEntries(Servers servers) {
        this.servers = servers;
    }

    /** Adds what is to be said of a server beyond its row in the list. */
    void add(Server server, List<Details.Entry> entries) {
        entries.add(new Details.Entry("Version", orUnknown(server.version())));
        entries.add(new Details.Entry("Total connections", Long.toString(server.totalConnections())));
        entries.add(new Details.Entry("Commands in flight", Integer.toString(server.operations())));
        ConnectGate gate = server.gate();
        entries.add(new Details.Entry("Connects in flight", Integer.toString(gate.inFlight())));
        entries.add(new Details.Entry("Connects waiting", Integer.toString(gate.waiting())));
        entries.add(new Details.Entry("Connects that waited", Long.toString(gate.waited())));
        entries.add(new Details.Entry("Connects that waited too long", Long.toString(gate.expired())));
        PoolFigures pool = server.pool();
        entries.add(new Details.Entry("Pool hits", Long.toString(pool.hits())));
        entries.add(new Details.Entry("Pool misses", Long.toString(pool.misses())));
        pool.discards()
                .forEach((reason, count) ->
                        entries.add(new Details.Entry("Pool discards, " + reason, Long.toString(count))));
        entries.add(new Details.Entry("Monitor", orUnknown(servers.watcher(server.name()))));
        new java.util.TreeMap<>(server.facts()).forEach((key, value) -> entries.add(new Details.Entry(key, value)));
        new java.util.TreeMap<>(server.settings().parameters())
                .forEach((key, value) -> entries.add(new Details.Entry("Parameter " + key, value)));
    }

    private static String orUnknown(@Nullable String value) {
        return value == null ? "none" : value;
    }
}
