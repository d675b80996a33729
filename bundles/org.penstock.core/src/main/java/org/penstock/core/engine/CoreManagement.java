package org.penstock.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.Details;
import org.penstock.api.admin.Management;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.admin.Table;
import org.penstock.api.annotation.Blocking;
import org.penstock.api.server.ServerStatus;
import org.penstock.core.account.AccountRooms;
import org.penstock.core.account.LoginThrottle;
import org.penstock.core.listener.Listener;
import org.penstock.core.listener.Listeners;
import org.penstock.core.server.Servers;

/** The management model over the core's registries. */
@Component(service = Management.class)
@Blocking
public final class CoreManagement implements Management {
    private static final long RELOAD_SECONDS = 10;

    private final BundleContext context;
    private final Views views;
    private final Servers servers;
    private final Listeners listeners;
    private final AccountRooms rooms;
    private final Runnable shutdown;
    private final ReactorComponent reactor;
    private final Monitors monitors;

    @Activate
    public CoreManagement(
            BundleContext context,
            @Reference Views views,
            @Reference Servers servers,
            @Reference Listeners listeners,
            @Reference AccountRooms rooms,
            @Reference(target = "(penstock.signal=TERM)") Runnable shutdown,
            @Reference ReactorComponent reactor,
            @Reference Monitors monitors) {
        this.context = context;
        this.views = views;
        this.servers = servers;
        this.listeners = listeners;
        this.rooms = rooms;
        this.shutdown = shutdown;
        this.reactor = reactor;
        this.monitors = monitors;
    }

    @Override
    public Table list(ObjectKind kind) {
        return views.list(kind);
    }

    @Override
    public Details show(ObjectKind kind, String name) {
        return views.show(kind, name);
    }

    @Override
    public List<String> names(ObjectKind kind) {
        return views.names(kind);
    }

    @Override
    public List<String> why(String name) {
        return views.why(name);
    }

    @Override
    public void setServerStatus(String server, String status) {
        servers.set(server, status(status), "set by an operator");
    }

    @Override
    public void clearServerStatus(String server, String status) {
        servers.clear(server, status(status), "cleared by an operator");
    }

    private static ServerStatus status(String word) {
        try {
            return ServerStatus.named(word);
        } catch (IllegalArgumentException e) {
            throw new AdminException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void killSession(long id) {
        boolean found = reactor.reactor().onSession(id, session -> {
            if (session != null) {
                session.handle(session.machine()::killed);
            }
        });
        if (!found) {
            throw new AdminException("unknown session " + id);
        }
    }

    @Override
    public void enable(ObjectKind kind, String name, boolean on) {
        switch (kind) {
            case LISTENER -> {
                Listener listener = listeners.all().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> views.unknown(kind, name));
                if (on) {
                    listener.open();
                } else {
                    listener.close();
                }
            }
            case MONITOR -> monitors.enable(name, on);
            default ->
                throw new AdminException((on ? "start" : "stop") + ": expected a listener or a monitor, got a "
                        + kind.name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public String reloadAccounts(String service) {
        try {
            int size = rooms.room(service)
                    .reload()
                    .toCompletableFuture()
                    .orTimeout(RELOAD_SECONDS, TimeUnit.SECONDS)
                    .join()
                    .size();
            return "service '" + service + "': " + size + " accounts";
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new AdminException("service '" + service + "': accounts could not be read: " + cause.getMessage(), e);
        }
    }

    @Override
    public List<String> reloadTls() {
        List<String> lines = reactor.reactor().tls().reload();
        // One that could not read its files at the start may have them now.
        listeners.all().stream()
                .filter(listener -> listener.state() == Listener.State.FAILED)
                .forEach(Listener::open);
        return lines.isEmpty() ? List.of("nothing is configured with ssl") : lines;
    }

    @Override
    public Table blockedAddresses() {
        List<List<String>> rows = new ArrayList<>();
        for (LoginThrottle.Blocked blocked : rooms.throttle().blocked()) {
            rows.add(List.of(
                    blocked.address(),
                    String.valueOf(blocked.failures()),
                    (blocked.left().toMillis() + 999) / 1000 + "s"));
        }
        return new Table(List.of("Address", "Refused logins", "Blocked for"), rows);
    }

    @Override
    public String unblock(String address) {
        if (!rooms.throttle().clear(address)) {
            throw new AdminException(
                    "no login from '" + address + "' was refused; 'list blocked' shows the blocked addresses");
        }
        return "logins from " + address + " are counted anew";
    }

    @Override
    public void shutdown() {
        Thread end = new Thread(
                () -> {
                    shutdown.run();
                    try {
                        context.getBundle(Constants.SYSTEM_BUNDLE_ID).stop();
                    } catch (BundleException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "penstock-shutdown");
        end.start();
    }
}
