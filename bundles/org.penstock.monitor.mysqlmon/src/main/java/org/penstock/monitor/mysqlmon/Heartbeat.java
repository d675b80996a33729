package org.penstock.monitor.mysqlmon;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.penstock.api.monitor.MonitorContext;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lag of replicas by a table on the primary: each tick writes the time there and reads it from the replicas. Seconds, by this machine's clock alone.
 * Used by one tick at a time.
 */
final class Heartbeat {
    /** Rows of other monitors and primaries that are older are deleted. */
    static final Duration MAX_AGE = Duration.ofDays(2);

    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);
    private static final String TABLE = "maxscale_schema.replication_heartbeat";
    /** An account that may write on read-only servers must not: one that is being demoted would have a transaction that no other server has. */
    private static final String WRITABLE = "@@global.read_only IN ('0', 'OFF')";

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Clock clock;
    private final long monitorId;
    private final long tolerance;
    private String master = "";
    private long beats;
    private long lastPurge;
    private boolean failing;

    /**
     * @param monitorId tells the rows of several monitors apart
     * @param interval of the monitor: a replica that is behind by no more than that is not behind
     */
    Heartbeat(Clock clock, long monitorId, Duration interval) {
        this.clock = clock;
        this.monitorId = monitorId;
        this.tolerance = Math.max(1, (interval.toMillis() + 999) / 1000);
    }

    /** Lag by server name, of those of {@code replicas} for which it is known; never completes exceptionally. */
    CompletionStage<Map<String, Long>> measure(
            MonitorContext context, ServerView primary, long masterId, Iterable<ServerView> replicas) {
        if (!primary.name().equals(master)) {
            master = primary.name();
            beats = 0;
        }
        return beat(context, primary, masterId)
                .thenCompose(ignored -> read(context, masterId, replicas))
                .exceptionally(this::failed);
    }

    private CompletionStage<QueryResult> beat(MonitorContext context, ServerView primary, long masterId) {
        long now = clock.instant().getEpochSecond();
        CompletionStage<QueryResult> ready = beats == 0
                ? writable(context, primary)
                        .thenCompose(ignored -> context.ask(primary, "CREATE DATABASE IF NOT EXISTS maxscale_schema"))
                        .thenCompose(ignored -> context.ask(
                                primary,
                                "CREATE TABLE IF NOT EXISTS " + TABLE + " (maxscale_id INT NOT NULL,"
                                        + " master_server_id INT NOT NULL, master_timestamp INT UNSIGNED NOT NULL,"
                                        + " PRIMARY KEY (master_server_id, maxscale_id))"))
                : CompletableFuture.completedFuture(null);
        if (now - lastPurge >= PURGE_INTERVAL.toSeconds()) {
            lastPurge = now;
            ready = ready.thenCompose(ignored -> context.ask(
                    primary,
                    "DELETE FROM " + TABLE + " WHERE master_timestamp < " + (now - MAX_AGE.toSeconds()) + " AND "
                            + WRITABLE));
        }
        return ready.thenCompose(ignored -> context.ask(
                        primary,
                        "REPLACE INTO " + TABLE + " (master_server_id, maxscale_id, master_timestamp) SELECT "
                                + masterId + ", " + monitorId + ", " + now + " FROM DUAL WHERE " + WRITABLE))
                .thenApply(result -> {
                    beats++;
                    failing = false;
                    return result;
                });
    }

    private static CompletionStage<QueryResult> writable(MonitorContext context, ServerView primary) {
        return context.ask(primary, "SELECT 1 FROM DUAL WHERE " + WRITABLE).thenApply(found -> {
            if (found.isEmpty()) {
                throw new IllegalStateException("it is read only");
            }
            return found;
        });
    }

    private CompletionStage<Map<String, Long>> read(
            MonitorContext context, long masterId, Iterable<ServerView> replicas) {
        Map<String, Long> lags = new HashMap<>();
        CompletableFuture<?> all = CompletableFuture.completedFuture(null);
        if (beats < 2) {
            return CompletableFuture.completedFuture(lags);
        }
        for (ServerView replica : replicas) {
            CompletionStage<Long> lag = context.ask(
                            replica,
                            "SELECT master_timestamp FROM " + TABLE + " WHERE maxscale_id = " + monitorId
                                    + " AND master_server_id = " + masterId)
                    .thenApply(this::lag)
                    .exceptionally(failure -> -1L);
            all = all.thenCombine(lag, (ignored, seconds) -> {
                if (seconds >= 0) {
                    lags.put(replica.name(), seconds);
                }
                return ignored;
            });
        }
        return all.thenApply(ignored -> lags);
    }

    private long lag(QueryResult result) {
        long written = result.isEmpty() ? -1 : ReplicaStatus.number(result.value(0, "master_timestamp"), -1);
        if (written < 0) {
            return -1;
        }
        long lag = clock.instant().getEpochSecond() - written;
        return lag <= tolerance ? 0 : lag;
    }

    private Map<String, Long> failed(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.atWarn()
                    .addKeyValue("server", master)
                    .log(
                            "detect_replication_lag: cannot write {}: {}. Grant the monitor's account CREATE, SELECT, INSERT,"
                                    + " UPDATE, DELETE on maxscale_schema.*; until then the lag is what replicas report",
                            TABLE,
                            String.valueOf(failure.getMessage()));
        }
        return Map.of();
    }
}
