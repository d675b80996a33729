package org.penstock.core.service;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.annotation.AnyThread;

/** One service: its current settings and the counters of its sessions. The object stays the same while the service's section exists. */
@AnyThread
public final class Service {
    private final String name;
    private final AtomicInteger sessions = new AtomicInteger();
    private final LongAdder totalSessions = new LongAdder();
    private final LongAdder refusedSessions = new LongAdder();
    private final LongAdder commands = new LongAdder();
    private volatile ServiceSettings settings;

    Service(ServiceSettings settings) {
        this.name = settings.name();
        this.settings = settings;
    }

    public String name() {
        return name;
    }

    public ServiceSettings settings() {
        return settings;
    }

    /**
     * Counts a new session, unless the service has as many as {@code max_connections} allows.
     *
     * @return whether it was counted; then {@link #sessionClosed} must follow
     */
    public boolean tryAdmitSession() {
        int limit = settings.limits().maxConnections();
        int open = sessions.incrementAndGet();
        if (limit > 0 && open > limit) {
            sessions.decrementAndGet();
            refusedSessions.increment();
            return false;
        }
        totalSessions.increment();
        return true;
    }

    public void sessionClosed() {
        sessions.decrementAndGet();
    }

    public void commandReceived() {
        commands.increment();
    }

    /** Sessions that are open now. */
    public int sessions() {
        return sessions.get();
    }

    /** Sessions since the start. */
    public long totalSessions() {
        return totalSessions.sum();
    }

    /** Clients turned away by {@code max_connections} since the start. */
    public long refusedSessions() {
        return refusedSessions.sum();
    }

    /** Commands since the start. */
    public long commands() {
        return commands.sum();
    }

    void settings(ServiceSettings next) {
        settings = next;
    }

    @Override
    public String toString() {
        return name;
    }
}
