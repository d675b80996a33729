package org.penstock.core.server;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.server.ServerView;

/** One server: its current settings, status, facts and load. Counters may be changed on any thread; all else by {@link Servers}. */
public final class Server implements ServerView {
    private final String name;
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder totalConnections = new LongAdder();
    private final AtomicInteger operations = new AtomicInteger();
    private final PoolFigures pool = new PoolFigures();
    private final ConnectGate gate = new ConnectGate(() -> settings().connects(), System::nanoTime);
    private volatile ServerSettings settings;
    private volatile int status;
    private volatile Map<String, String> facts = Map.of();
    private volatile @Nullable Greeting greeting;

    Server(ServerSettings settings, int status) {
        this.name = settings.name();
        this.settings = settings;
        this.status = status;
    }

    @Override
    public String name() {
        return name;
    }

    /** Host name or numeric address; for a unix socket its path. */
    @Override
    public String address() {
        ServerSettings now = settings;
        return now.socket().isEmpty() ? now.address() : now.socket();
    }

    @Override
    public int port() {
        return settings.port();
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public int connections() {
        return connections.get();
    }

    @Override
    public long totalConnections() {
        return totalConnections.sum();
    }

    @Override
    public int operations() {
        return operations.get();
    }

    @Override
    public @Nullable String version() {
        Greeting known = greeting;
        return known == null ? null : known.version();
    }

    @Override
    public Map<String, String> facts() {
        return facts;
    }

    @Override
    public @Nullable String parameter(String key) {
        return settings.parameters().get(key);
    }

    public ServerSettings settings() {
        return settings;
    }

    /**
     * Counts a session's connection that is about to be opened, unless the server has as many as {@code max_routing_connections} allows; idle ones in the pool
     * count too.
     *
     * @return whether it was counted; then {@link #connectionClosed} must follow
     */
    public boolean tryOpenConnection() {
        int limit = settings.maxRoutingConnections();
        int open = connections.incrementAndGet();
        if (limit > 0 && open + pool.idle() > limit) {
            connections.decrementAndGet();
            return false;
        }
        totalConnections.increment();
        return true;
    }

    /** A session uses an idle connection of the pool; {@link #connectionClosed} must follow. */
    public void connectionReused() {
        connections.incrementAndGet();
    }

    /** Where connections to it wait for their turn. */
    public ConnectGate gate() {
        return gate;
    }

    /** What is kept of its connections for later sessions. */
    public PoolFigures pool() {
        return pool;
    }

    public void connectionOpened() {
        connections.incrementAndGet();
        totalConnections.increment();
    }

    public void connectionClosed() {
        connections.decrementAndGet();
    }

    public void operationStarted() {
        operations.incrementAndGet();
    }

    public void operationEnded() {
        operations.decrementAndGet();
    }

    /** Keeps what the server announced of itself. */
    public void seen(Greeting announced) {
        greeting = announced;
    }

    /** What the server announced when it was last connected, or null before. */
    public @Nullable Greeting greeting() {
        return greeting;
    }

    void settings(ServerSettings next) {
        settings = next;
    }

    void status(int next) {
        status = next;
    }

    void facts(Map<String, String> next) {
        facts = Map.copyOf(next);
    }

    @Override
    public String toString() {
        return name;
    }
}
