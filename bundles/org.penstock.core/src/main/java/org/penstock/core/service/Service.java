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
    private final WaitingClients queue = new WaitingClients();
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
        // Whoever waits was here before.
        if (queue.size() > 0 || !tryAdmit()) {
            refusedSessions.increment();
            return false;
        }
        totalSessions.increment();
        return true;
    }

    private boolean tryAdmit() {
        int limit = settings.limits().maxConnections();
        int open = sessions.incrementAndGet();
        if (limit > 0 && open > limit) {
            sessions.decrementAndGet();
            return false;
        }
        return true;
    }

    public void sessionClosed() {
        sessions.decrementAndGet();
        if (queue.size() > 0) {
            admitWaiting();
        }
    }

    /**
     * Lets a client wait that {@link #tryAdmitSession} has just turned away, if {@code max_queued_connections} leaves room.
     *
     * @return whether it waits, or has been admitted already
     */
    public boolean tryWait(Waiter waiter) {
        if (!queue.tryAdd(waiter, settings.limits().maxQueued())) {
            return false;
        }
        refusedSessions.decrement();
        admitWaiting();
        return true;
    }

    /** A client waits no longer; whether it was still waiting. */
    public boolean gaveUp(Waiter waiter) {
        boolean waited = queue.remove(waiter);
        if (waited) {
            refusedSessions.increment();
        }
        return waited;
    }

    /** Clients that wait for a place. */
    public int waiting() {
        return queue.size();
    }

    private void admitWaiting() {
        while (queue.size() > 0 && tryAdmit()) {
            Waiter next = queue.poll();
            if (next == null) {
                sessions.decrementAndGet();
                return;
            }
            totalSessions.increment();
            next.admitted();
        }
    }

    /** A client that waits for a place. */
    public interface Waiter {
        /** It has a place; {@link #sessionClosed} must follow. On any thread; must be quick. */
        void admitted();
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
        admitWaiting();
    }

    @Override
    public String toString() {
        return name;
    }
}
