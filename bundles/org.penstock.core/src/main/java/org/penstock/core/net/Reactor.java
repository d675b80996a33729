package org.penstock.core.net;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The event loops with what all connections share: the dialer, the background pool, and the registry from connection ids to sessions. */
public final class Reactor implements AutoCloseable {
    private final Loops loops;
    private final Dialer dialer;
    private final Background background;
    private final Map<Long, SessionLoop> byId = new ConcurrentHashMap<>();

    public Reactor(Transport transport, int threads, int backgroundThreads) {
        loops = new Loops(transport, threads);
        dialer = new Dialer(transport);
        background = new Background(backgroundThreads);
    }

    public Loops loops() {
        return loops;
    }

    Dialer dialer() {
        return dialer;
    }

    public Background background() {
        return background;
    }

    void registered(NettySession session) {
        byId.put(session.id(), session.loop());
    }

    void unregistered(NettySession session) {
        byId.remove(session.id());
    }

    /** Sessions that are open now. */
    public int sessions() {
        return byId.size();
    }

    /** Runs a task on a session's loop; false when there is no such session. */
    public boolean onSession(long id, Consumer<@Nullable NettySession> task) {
        SessionLoop loop = byId.get(id);
        if (loop == null) {
            return false;
        }
        loop.execute(() -> task.accept(loop.session(id)));
        return true;
    }

    @Override
    public void close() {
        background.close();
        loops.close();
    }
}
