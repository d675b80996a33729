package org.penstock.core.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The event loops of the process, each with the sessions that live on it. */
public final class Loops {
    private final Transport transport;
    private final EventLoopGroup group;
    private final IdentityHashMap<EventExecutor, SessionLoop> byExecutor = new IdentityHashMap<>();
    private final List<SessionLoop> loops = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    public Loops(Transport transport, int threads) {
        this.transport = transport;
        this.group = transport.group(threads);
        for (EventExecutor executor : group) {
            SessionLoop loop = new SessionLoop((EventLoop) executor);
            byExecutor.put(executor, loop);
            loops.add(loop);
        }
    }

    public Transport transport() {
        return transport;
    }

    EventLoopGroup group() {
        return group;
    }

    SessionLoop of(EventLoop executor) {
        SessionLoop loop = byExecutor.get(executor);
        if (loop == null) {
            throw new IllegalStateException("not one of the event loops");
        }
        return loop;
    }

    /** A loop for something that belongs to no session, in turn. */
    SessionLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    /** All of them. */
    List<SessionLoop> all() {
        return loops;
    }

    public int size() {
        return loops.size();
    }

    /** Runs a task on every loop; returns at once. */
    public void onEach(Consumer<SessionLoop> task) {
        for (SessionLoop loop : loops) {
            loop.execute(() -> task.accept(loop));
        }
    }

    /** Ends the loops' threads; their channels must be closed. */
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
