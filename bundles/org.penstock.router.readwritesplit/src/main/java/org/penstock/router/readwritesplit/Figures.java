package org.penstock.router.readwritesplit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.session.Store;

/** What {@code show service} counts; kept in the store, over generations. */
@AnyThread
final class Figures {
    private record PerServer(LongAdder total, LongAdder read, LongAdder write, LongAdder sessions) {}

    private final Store store;
    private final Map<String, PerServer> servers = new ConcurrentHashMap<>();
    private final LongAdder queries;
    private final LongAdder toPrimary;
    private final LongAdder toReplica;
    private final LongAdder toAll;
    private final LongAdder readWrite;
    private final LongAdder readOnly;
    private final LongAdder retried;
    private final LongAdder ended;
    private final LongAdder endedMillis;
    private final LongAdder averageMillis;

    Figures(Store store) {
        this.store = store;
        queries = store.counter("queries");
        toPrimary = store.counter("route_master");
        toReplica = store.counter("route_slave");
        toAll = store.counter("route_all");
        readWrite = store.counter("rw_transactions");
        readOnly = store.counter("ro_transactions");
        retried = store.counter("retried_reads");
        ended = store.counter("sessions_ended");
        endedMillis = store.counter("sessions_ended_ms");
        averageMillis = store.counter("average_session_ms");
    }

    /** A command went to one server. */
    void one(String server, boolean primary, boolean read) {
        queries.increment();
        (primary ? toPrimary : toReplica).increment();
        server(server, read);
    }

    /** A command went to all servers; {@link #server} counts each. */
    void all() {
        queries.increment();
        toAll.increment();
    }

    void server(String server, boolean read) {
        PerServer figures = of(server);
        figures.total().increment();
        (read ? figures.read() : figures.write()).increment();
    }

    void transaction(boolean only) {
        (only ? readOnly : readWrite).increment();
    }

    void retried() {
        retried.increment();
    }

    /** A session has begun to use a server, or does so no more. */
    void use(String server, int change) {
        of(server).sessions().add(change);
    }

    /** Sessions of this service that use a server. */
    long using(String server) {
        return of(server).sessions().sum();
    }

    void sessionEnded(long nanos) {
        ended.increment();
        endedMillis.add(TimeUnit.NANOSECONDS.toMillis(nanos));
        averageMillis.reset();
        averageMillis.add(endedMillis.sum() / Math.max(1, ended.sum()));
    }

    private PerServer of(String server) {
        PerServer figures = servers.get(server);
        return figures != null ? figures : servers.computeIfAbsent(server, this::kept);
    }

    private PerServer kept(String server) {
        return new PerServer(
                store.counter(server + ".total"),
                store.counter(server + ".read"),
                store.counter(server + ".write"),
                store.counter(server + ".sessions"));
    }
}
