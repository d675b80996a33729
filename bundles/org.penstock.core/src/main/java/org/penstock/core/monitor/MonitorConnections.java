package org.penstock.core.monitor;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.error.BackendException;
import org.penstock.api.monitor.MonitorSchedule;
import org.penstock.api.server.QueryResult;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerFailure;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.ServiceConnector;
import org.penstock.core.server.ServiceConnector.Opened;

/** The service connections of one monitor: one per server, kept while they answer. */
@AnyThread
final class MonitorConnections {
    /** Shortest deadline, however short the interval is. */
    static final Duration MIN_DEADLINE = Duration.ofSeconds(1);

    private record Login(ServerSettings server, String user, String password) {}

    private record Held(Login login, CompletableFuture<Opened> opened) {}

    private final ServiceConnector connector;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    MonitorConnections(ServiceConnector connector) {
        this.connector = connector;
    }

    /** Asks a server, over a new connection where there is none. Completes exceptionally with a {@link BackendException} only. */
    CompletableFuture<QueryResult> ask(Server server, MonitorSchedule schedule, String sql) {
        Duration deadline = deadline(schedule.readTimeout(), schedule);
        Held now = connection(server, schedule);
        CompletableFuture<QueryResult> answer = new CompletableFuture<>();
        var unused = now.opened()
                .thenCompose(connection -> bounded(connection.query(sql).toCompletableFuture(), deadline))
                .whenComplete((result, failure) -> {
                    if (failure == null) {
                        answer.complete(result);
                        return;
                    }
                    BackendException reason = ServerFailure.of(server, failure);
                    if (reason.error() == null || now.opened().isCompletedExceptionally()) {
                        drop(server.name(), now);
                    }
                    answer.completeExceptionally(reason);
                });
        return answer;
    }

    /** Version string of the connection to a server; empty without one. */
    String version(String server) {
        Opened opened = opened(held.get(server));
        return opened == null ? "" : opened.version();
    }

    /** Drops the connections to all other servers. */
    void retain(Collection<String> servers) {
        held.forEach((server, connection) -> {
            if (!servers.contains(server)) {
                drop(server, connection);
            }
        });
    }

    void closeAll() {
        held.forEach(this::drop);
    }

    /** The part of a timeout that lets a server which hangs be noticed within two intervals. */
    static Duration deadline(Duration timeout, MonitorSchedule schedule) {
        Duration interval = schedule.interval().compareTo(MIN_DEADLINE) < 0 ? MIN_DEADLINE : schedule.interval();
        return timeout.compareTo(interval) < 0 ? timeout : interval;
    }

    private Held connection(Server server, MonitorSchedule schedule) {
        ServerSettings settings = server.settings();
        boolean own = !settings.monitorUser().isEmpty();
        Login login = new Login(
                settings,
                own ? settings.monitorUser() : schedule.user(),
                own ? settings.monitorPassword() : schedule.password());
        Held before = held.get(server.name());
        if (before != null && (!before.login().equals(login) || isDead(before))) {
            drop(server.name(), before);
        }
        Held made = new Held(login, new CompletableFuture<>());
        Held kept = held.putIfAbsent(server.name(), made);
        if (kept != null) {
            return kept;
        }
        connect(server, schedule, made);
        return made;
    }

    private void connect(Server server, MonitorSchedule schedule, Held made) {
        Duration deadline = deadline(schedule.connectTimeout(), schedule);
        var unusedToo = made.opened().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Opened> connecting;
        try {
            connecting = connector
                    .connect(server, made.login().user(), made.login().password(), deadline, schedule.readTimeout())
                    .toCompletableFuture();
        } catch (RuntimeException e) {
            connecting = CompletableFuture.failedFuture(e);
        }
        var unused = connecting.whenComplete((connection, failure) -> {
            if (failure != null) {
                made.opened().completeExceptionally(failure);
                return;
            }
            if (!made.opened().complete(connection)) {
                connection.close();
            }
        });
    }

    private void drop(String server, Held dropped) {
        held.remove(server, dropped);
        if (!dropped.opened()
                .completeExceptionally(new BackendException(server, "the connection was given up", null))) {
            Opened opened = opened(dropped);
            if (opened != null) {
                opened.close();
            }
        }
    }

    private static boolean isDead(Held connection) {
        Opened opened = opened(connection);
        return connection.opened().isCompletedExceptionally() || (opened != null && !opened.isOpen());
    }

    private static @Nullable Opened opened(@Nullable Held connection) {
        if (connection == null
                || !connection.opened().isDone()
                || connection.opened().isCompletedExceptionally()) {
            return null;
        }
        return connection.opened().join();
    }

    private static <T> CompletableFuture<T> bounded(CompletableFuture<T> stage, Duration deadline) {
        return stage.copy().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
}
