package org.penstock.core.account;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.AdminException;
import org.penstock.api.annotation.AnyThread;
import org.penstock.core.global.Global;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerListener;
import org.penstock.core.server.Servers;
import org.penstock.core.server.ServiceConnector;
import org.penstock.core.service.Service;
import org.penstock.core.service.ServiceListener;
import org.penstock.core.service.ServiceSettings;
import org.penstock.core.service.Services;

/** The account rooms of all services; makes, fills and ends them as services and servers come and go. */
@Component(service = AccountRooms.class, immediate = true)
@AnyThread
public final class AccountRooms {
    /** How long the end waits for a file that is being written. */
    private static final int WRITE_MILLIS = 2000;

    private final Map<String, AccountRoom> rooms = new ConcurrentHashMap<>();
    private final HostNames names = new HostNames();
    private final LoginThrottle throttle;
    private final Services services;
    private final Servers servers;
    private final Global global;
    private final AccountSources sources;
    private final AccountLoader loader;
    private final ScheduledThreadPoolExecutor background;
    private final ServiceListener onServices = new OnServices();
    private final ServerListener onServers = new OnServers();
    private final Runnable onSources = this::retryAll;

    @Activate
    public AccountRooms(
            @Reference Services services,
            @Reference Servers servers,
            @Reference Global global,
            @Reference ServiceConnector connector,
            @Reference AccountSources sources) {
        this.services = services;
        this.servers = servers;
        this.global = global;
        this.throttle = new LoginThrottle(() -> global.settings().maxAuthErrors(), System::nanoTime);
        this.loader = new AccountLoader(connector, sources::find, global::settings, System::nanoTime);
        this.background = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "penstock-accounts");
            thread.setDaemon(true);
            return thread;
        });
        background.setRemoveOnCancelPolicy(true);
        background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        services.listen(onServices);
        servers.listen(onServers);
        this.sources = sources;
        sources.listen(onSources);
    }

    @Deactivate
    void deactivate() {
        services.forget(onServices);
        servers.forget(onServers);
        sources.forget(onSources);
        rooms.values().forEach(AccountRoom::close);
        background.shutdownNow();
        names.close();
        try {
            // a file that is being written is written to its end
            background.awaitTermination(WRITE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The room of a service.
     *
     * @throws AdminException when there is no such service
     */
    public AccountRoom room(String service) {
        AccountRoom room = rooms.get(service);
        if (room == null) {
            throw new AdminException("unknown service '" + service + "'");
        }
        return room;
    }

    /** A client of a service has changed accounts: whoever it refuses next is looked up anew, whatever the rate limit. That of others stays: any client can do it. */
    public void changed(String service) {
        AccountRoom room = rooms.get(service);
        if (room != null) {
            room.stale();
        }
    }

    /** Addresses whose logins were refused; one for all services. */
    public LoginThrottle throttle() {
        return throttle;
    }

    private void retryAll() {
        rooms.values().forEach(AccountRoom::retry);
    }

    private List<Server> serversOf(Service service) {
        ServiceSettings settings = service.settings();
        return settings.cluster().isEmpty()
                ? servers.existing(settings.servers())
                : servers.watchedBy(settings.cluster());
    }

    /** The directory of a service's cache; characters outside {@code A-Za-z0-9_-} of its name are percent-encoded. */
    static Path cacheFile(Path cache, String service) {
        StringBuilder name = new StringBuilder();
        for (byte b : service.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
            name.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return cache.resolve(name.toString()).resolve("accounts");
    }

    private final class OnServices implements ServiceListener {
        @Override
        public void added(Service service) {
            AccountRoom room = new AccountRoom(
                    service,
                    () -> serversOf(service),
                    loader,
                    new AccountCache(cacheFile(global.cache(), service.name())),
                    names,
                    background);
            rooms.put(service.name(), room);
            room.retry();
        }

        @Override
        public void modified(Service service, ServiceSettings before) {
            ServiceSettings now = service.settings();
            AccountRoom room = rooms.get(service.name());
            boolean changed = !now.accounts().equals(before.accounts())
                    || !now.servers().equals(before.servers())
                    || !now.cluster().equals(before.cluster());
            if (room != null && changed) {
                room.settingsChanged();
            }
        }

        @Override
        public void removed(Service service) {
            AccountRoom room = rooms.remove(service.name());
            if (room != null) {
                room.close();
            }
        }
    }

    private final class OnServers implements ServerListener {
        @Override
        public void added(Server server) {
            arrived(server);
        }

        @Override
        public void statusChanged(Server server, int before, int after) {
            arrived(server);
        }

        private void arrived(Server server) {
            if (server.usable()) {
                services.all().stream()
                        .filter(service -> serversOf(service).contains(server))
                        .forEach(service -> {
                            AccountRoom room = rooms.get(service.name());
                            if (room != null) {
                                room.retry();
                            }
                        });
            }
        }
    }
}
