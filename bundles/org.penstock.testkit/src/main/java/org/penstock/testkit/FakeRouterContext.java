package org.penstock.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.Branch;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Transaction;

/** A session over the servers of a test, as a router finds it: what the core would know is set by the test, what the router asks for is kept. */
public final class FakeRouterContext implements RouterContext {
    private final FakeSession session;
    private final List<ServerView> servers = new ArrayList<>();
    private final Set<String> connected = new LinkedHashSet<>();
    private final Set<Pin> pins = EnumSet.noneOf(Pin.class);
    private final List<FakeHold<Route>> holds = new ArrayList<>();
    private @Nullable String previous;
    private boolean previousLost;
    private @Nullable String transactionOn;
    private @Nullable String pinnedTo;
    private Transaction transaction = Transaction.NONE;
    private boolean replayable = true;
    private @Nullable SqlError closed;

    /** A session of {@code session}'s service over these servers. */
    public FakeRouterContext(FakeSession session, FakeServer... servers) {
        this.session = session;
        this.servers.addAll(List.of(servers));
    }

    public FakeRouterContext(FakeServer... servers) {
        this(new FakeSession(), servers);
    }

    /** The session behind it, for its timers and background tasks. */
    public FakeSession session() {
        return session;
    }

    public FakeRouterContext previous(@Nullable String server) {
        previous = server;
        previousLost = false;
        return this;
    }

    public FakeRouterContext transaction(Transaction value) {
        transaction = value;
        transactionOn = null;
        return this;
    }

    /** The server of the open transaction. */
    public FakeRouterContext transactionOn(@Nullable String server) {
        transactionOn = server;
        return this;
    }

    /** Pins the session to a server for a reason; {@link Pin#NONE} unpins it. */
    public FakeRouterContext pinned(Pin reason, @Nullable String server) {
        if (reason == Pin.NONE) {
            pins.clear();
            pinnedTo = null;
        } else {
            pins.add(reason);
            pinnedTo = server;
        }
        return this;
    }

    public FakeRouterContext replayable(boolean value) {
        replayable = value;
        return this;
    }

    /** Opens connections without being asked. */
    public FakeRouterContext linked(String... names) {
        connected.addAll(List.of(names));
        return this;
    }

    /** Takes a connection away, without telling the router. */
    public FakeRouterContext lost(String name) {
        disconnect(name);
        return this;
    }

    /** A holder whose holds are kept for {@link #holds()}. */
    public RouterSession.Holds holder() {
        return (deadline, onTimeout) -> {
            FakeHold<Route> hold = new FakeHold<>(deadline, onTimeout);
            holds.add(hold);
            return hold;
        };
    }

    /** The holds that the router made, in order. */
    public List<FakeHold<Route>> holds() {
        return List.copyOf(holds);
    }

    /** The error that the router closed the session with, or null. */
    public @Nullable SqlError closed() {
        return closed;
    }

    @Override
    public List<ServerView> servers() {
        return List.copyOf(servers);
    }

    @Override
    public Set<String> connected() {
        return Set.copyOf(connected);
    }

    @Override
    public void connect(String server) {
        connected.add(server);
    }

    @Override
    public void disconnect(String server) {
        connected.remove(server);
        if (server.equals(previous)) {
            previous = null;
            previousLost = true;
        }
    }

    @Override
    public @Nullable String transactionOn() {
        return transactionOn;
    }

    @Override
    public boolean previousLost() {
        return previousLost;
    }

    @Override
    public @Nullable String previous() {
        return previous;
    }

    @Override
    public Transaction transaction() {
        return transaction;
    }

    @Override
    public Set<Pin> pins() {
        return Set.copyOf(pins);
    }

    @Override
    public @Nullable String pinnedTo() {
        return pinnedTo;
    }

    @Override
    public void pin(Pin reason) {
        pins.add(reason);
    }

    @Override
    public boolean replayable() {
        return replayable;
    }

    @Override
    public void close(SqlError error) {
        closed = error;
    }

    @Override
    public <T> void background(Callable<T> task, Outcome<T> outcome) {
        session.background(task, outcome);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return session.after(delay, task);
    }

    @Override
    public Branch branch(String service) {
        return session.branch(service);
    }

    @Override
    public long id() {
        return session.id();
    }

    @Override
    public String service() {
        return session.service();
    }

    @Override
    public String user() {
        return session.user();
    }

    @Override
    public String clientAddress() {
        return session.clientAddress();
    }

    @Override
    public @Nullable String database() {
        return session.database();
    }

    @Override
    public int charset() {
        return session.charset();
    }

    @Override
    public long capabilities() {
        return session.capabilities();
    }

    @Override
    public int serverStatus() {
        return session.serverStatus();
    }

    @Override
    public Map<String, String> attributes() {
        return session.attributes();
    }
}
