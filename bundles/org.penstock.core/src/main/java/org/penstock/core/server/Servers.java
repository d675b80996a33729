package org.penstock.core.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.admin.AdminException;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.monitor.ServerReport;
import org.penstock.api.server.ServerStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * All configured servers by name, and the only place that changes their status.
 *
 * <p>A server that no monitor watches counts as Running. One that a monitor watches is Down until the first report, unless it is in use already.
 */
@Component(service = Servers.class)
@AnyThread
public final class Servers {
    private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

    private static final int RUNNING = ServerStatus.RUNNING.bit();
    /** Set by operators: no report of a monitor changes them. */
    private static final int OPERATORS = ServerStatus.mask(ServerStatus.MAINTENANCE, ServerStatus.DRAINING);

    private final Map<String, Server> byName = new ConcurrentHashMap<>();
    private final List<ServerListener> listeners = new CopyOnWriteArrayList<>();

    /** Name of the watching monitor by name of the server, in the order in which monitors name them; guarded by this. */
    private final Map<String, String> watchers = new LinkedHashMap<>();

    /**
     * Adds a server.
     *
     * @throws IllegalStateException when the name is taken
     */
    public synchronized Server add(ServerSettings settings) {
        String name = settings.name();
        Server server = new Server(settings, watchers.containsKey(name) ? 0 : RUNNING);
        if (byName.putIfAbsent(name, server) != null) {
            throw new IllegalStateException("server '" + name + "': defined twice");
        }
        listeners.forEach(listener -> listener.added(server));
        return server;
    }

    /** Replaces the settings of a server in place. */
    public synchronized void modify(ServerSettings settings) {
        Server server = get(settings.name());
        ServerSettings before = server.settings();
        if (!before.equals(settings)) {
            server.settings(settings);
            listeners.forEach(listener -> listener.modified(server, before));
        }
    }

    public synchronized void remove(String name) {
        Server server = byName.remove(name);
        if (server != null) {
            int before = server.status();
            int after = before & ~RUNNING;
            server.status(after);
            LOG.info("Server '{}' was removed", name);
            if (before != after) {
                listeners.forEach(listener -> listener.statusChanged(server, before, after));
            }
            listeners.forEach(listener -> listener.removed(server));
        }
    }

    public @Nullable Server find(String name) {
        return byName.get(name);
    }

    /**
     * The server of that name.
     *
     * @throws AdminException when there is none
     */
    public Server get(String name) {
        Server server = byName.get(name);
        if (server == null) {
            throw new AdminException("unknown server '" + name + "': expected one of "
                    + String.join(", ", new TreeMap<>(byName).keySet()));
        }
        return server;
    }

    /** All servers, by name. */
    public List<Server> all() {
        return List.copyOf(new TreeMap<>(byName).values());
    }

    /** The servers of that list which exist, in its order. */
    public List<Server> existing(Collection<String> names) {
        List<Server> existing = new ArrayList<>();
        for (String name : names) {
            Server server = byName.get(name);
            if (server != null) {
                existing.add(server);
            }
        }
        return List.copyOf(existing);
    }

    /** From now on tells of changes; first of all servers that exist, as added. */
    public synchronized void listen(ServerListener listener) {
        all().forEach(listener::added);
        listeners.add(listener);
    }

    public void forget(ServerListener listener) {
        listeners.remove(listener);
    }

    /**
     * Makes a monitor the watcher of these servers and of no others. A server that another monitor watches already stays with that one.
     *
     * @return those that stayed with another monitor, by name, with that monitor's name
     */
    public synchronized Map<String, String> watch(String monitor, Collection<String> servers) {
        Map<String, String> taken = new TreeMap<>();
        watchers.entrySet().stream()
                .filter(entry -> entry.getValue().equals(monitor) && !servers.contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::release);
        for (String name : servers) {
            String other = watchers.putIfAbsent(name, monitor);
            Server server = byName.get(name);
            if (other != null && !other.equals(monitor)) {
                taken.put(name, other);
            } else if (other == null && server != null && server.totalConnections() == 0) {
                server.status(server.status() & OPERATORS);
            }
        }
        return taken;
    }

    /** Ends a monitor's watch; its servers keep their roles and count as Running. */
    public synchronized void unwatch(String monitor) {
        watchers.entrySet().stream()
                .filter(entry -> entry.getValue().equals(monitor))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::release);
    }

    /** Name of the monitor that watches a server, or null. */
    public synchronized @Nullable String watcher(String server) {
        return watchers.get(server);
    }

    /** The existing servers that a monitor watches. */
    public synchronized List<Server> watchedBy(String monitor) {
        return existing(watchers.entrySet().stream()
                .filter(entry -> entry.getValue().equals(monitor))
                .map(Map.Entry::getKey)
                .toList());
    }

    /** Takes over what a monitor found out; ignored when another monitor watches the server. Maintenance and draining stay as they are. */
    public synchronized void report(String monitor, String name, ServerReport report) {
        Server server = byName.get(name);
        if (server != null && monitor.equals(watchers.get(name))) {
            server.facts(report.facts());
            int status = (report.status() & ~OPERATORS) | (server.status() & OPERATORS);
            change(server, status, "monitor '" + monitor + "'");
        }
    }

    /** Sets a status bit for an operator or, for maintenance, a monitor in its name. */
    public synchronized void set(String name, ServerStatus status, String who) {
        Server server = get(name);
        change(server, server.status() | status.bit(), who);
    }

    /** Clears a status bit for an operator or, for maintenance, a monitor in its name. */
    public synchronized void clear(String name, ServerStatus status, String who) {
        Server server = get(name);
        change(server, server.status() & ~status.bit(), who);
    }

    private void release(String name) {
        watchers.remove(name);
        Server server = byName.get(name);
        if (server != null) {
            change(server, server.status() | RUNNING, "no monitor watches it");
        }
    }

    private void change(Server server, int after, String who) {
        int before = server.status();
        if (before == after) {
            return;
        }
        server.status(after);
        boolean worse = ((before & RUNNING) != 0 && (after & RUNNING) == 0)
                || (after & ~before & ServerStatus.AUTH_ERROR.bit()) != 0;
        LOG.atLevel(worse ? Level.WARN : Level.INFO)
                .addKeyValue("server", server.name())
                .log(
                        "Server '{}' [{}]:{} changed from [{}] to [{}]: {}",
                        server.name(),
                        server.address(),
                        server.port(),
                        ServerStatus.describe(before),
                        ServerStatus.describe(after),
                        who);
        listeners.forEach(listener -> listener.statusChanged(server, before, after));
    }
}
