package org.penstock.core.net;

import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.core.net.pool.LoopPool;
import org.penstock.core.session.state.StatementReader;

/** One event loop and the sessions that live on it. All methods but {@link #execute} are called on the loop. */
public final class SessionLoop {
    /** How often idle sessions are looked for. */
    private static final long SWEEP_MILLIS = 1000;

    private final EventLoop loop;
    private final LoopPool pool = new LoopPool();
    private final StatementReader reader = new StatementReader();
    private final Map<Long, NettySession> sessions = new LinkedHashMap<>();

    SessionLoop(EventLoop loop) {
        this.loop = loop;
        loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        long now = System.nanoTime();
        for (NettySession session : sessions()) {
            session.handle(() -> session.sweep(now));
        }
        pool.sweep(now);
    }

    EventLoop loop() {
        return loop;
    }

    /** Idle server connections that live here. */
    public LoopPool pool() {
        return pool;
    }

    /** What classifies the statements of the sessions that live here. */
    StatementReader reader() {
        return reader;
    }

    public void execute(Runnable task) {
        loop.execute(task);
    }

    void add(NettySession session) {
        sessions.put(session.id(), session);
    }

    void remove(NettySession session) {
        sessions.remove(session.id());
    }

    /** A copy, since a session may leave while it is looked at. */
    public Collection<NettySession> sessions() {
        return List.copyOf(sessions.values());
    }

    public @Nullable NettySession session(long id) {
        return sessions.get(id);
    }

    public int count() {
        return sessions.size();
    }
}
