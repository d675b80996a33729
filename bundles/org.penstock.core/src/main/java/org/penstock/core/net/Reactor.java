package org.penstock.core.net;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.net.tls.TlsRoom;

/** The event loops with what all connections share: the dialer, the background pool, and the registry from connection ids to sessions. */
public final class Reactor implements AutoCloseable {
    private final Loops loops;
    private final TlsRoom tls = new TlsRoom();
    private final Dialer dialer;
    private final Background background;
    private final ConnectionIds ids = new ConnectionIds();
    private final AtomicInteger sessions = new AtomicInteger();

    public Reactor(Transport transport, int threads, int backgroundThreads) {
        loops = new Loops(transport, threads);
        dialer = new Dialer(transport, tls);
        background = new Background(backgroundThreads);
    }

    public Loops loops() {
        return loops;
    }

    public TlsRoom tls() {
        return tls;
    }

    /** Where connections to servers come from; null for the system's choice. */
    public void localAddress(@Nullable InetAddress address) {
        dialer.localAddress(address);
    }

    Dialer dialer() {
        return dialer;
    }

    public Background background() {
        return background;
    }

    ConnectionIds ids() {
        return ids;
    }

    void registered(NettySession session) {
        ids.opened(session.id(), session.loop());
        sessions.incrementAndGet();
    }

    void unregistered(NettySession session) {
        ids.free(session.id());
        sessions.decrementAndGet();
    }

    /** Sessions that are open now. */
    public int sessions() {
        return sessions.get();
    }

    /** Runs a task on a session's loop; false when there is no such session. */
    public boolean onSession(long id, Consumer<@Nullable NettySession> task) {
        return ids.onSession(id, task);
    }

    /**
     * Ends every session in order, with an error for the client's next command, behind what is in flight.
     *
     * @return whether all had ended before the deadline
     */
    public boolean drain(long millis) {
        SqlError stopping = new SqlError(1053, "08S01", "Server shutdown in progress");
        loops.onEach(loop -> {
            loop.pool().close();
            for (NettySession session : loop.sessions()) {
                session.handle(() -> session.machine().end(stopping));
            }
        });
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (sessions() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return sessions() == 0;
    }

    @Override
    public void close() {
        background.close();
        loops.close();
        dialer.close();
        tls.close();
    }
}
