package org.penstock.core.session;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.framework.Version;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.session.Branch;
import org.penstock.api.session.SessionContext;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.Plan;
import org.penstock.core.session.state.StatementReader;
import org.penstock.wire.Capabilities;

/** A machine with everything around it in the test's hand: what it says is recorded, connections open at once, tasks and time when told. */
final class Rig implements SessionPort {
    static final long CAPABILITIES = Capabilities.PROTOCOL_41 | Capabilities.LOCAL_FILES | Capabilities.DEPRECATE_EOF;

    final Ledger ledger = new Ledger();
    final CollectBudget budget = new CollectBudget(1 << 20);
    final ByteArrayOutputStream client = new ByteArrayOutputStream();
    final Map<String, ByteArrayOutputStream> servers = new LinkedHashMap<>();
    final Map<String, Link> links = new LinkedHashMap<>();
    final List<String> log = new ArrayList<>();
    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    final List<SimPort.Timer> timers = new ArrayList<>();
    final SessionMachine machine;
    boolean connects = true;
    boolean reading;
    long now;
    private long plans;
    private final StatementReader reader = new StatementReader();
    private int revisions;
    private final List<Plan.Slot<Filter>> filters = new ArrayList<>();
    private Generation<Router> router;

    Rig() {
        SessionState.Login login = new SessionState.Login("u", null, 45, CAPABILITIES, Map.of());
        machine = new SessionMachine(
                this,
                new SessionState(1, "service", "127.0.0.1", login),
                () -> List.of(SimView.of("a"), SimView.of("b"), SimView.of("c")),
                budget);
    }

    // -- building
    // ------------------------------------------------------------------------------------------------------

    Rig filter(String name, FilterSession part) {
        filters.add(new Plan.Slot<>(name, generation("filter", name, (Filter) session -> part)));
        return this;
    }

    Rig module(String name, Filter filter) {
        filters.add(new Plan.Slot<>(name, filter == null ? null : generation("filter", name, filter)));
        return this;
    }

    Rig fill(int slot, Filter filter) {
        String name = filters.get(slot).name();
        filters.set(slot, new Plan.Slot<>(name, filter == null ? null : generation("filter", name, filter)));
        return this;
    }

    private <M> Generation<M> generation(String kind, String name, M module) {
        int revision = ++revisions;
        return new Generation<>(
                new Generation.ModuleId(kind, name, name, Version.emptyVersion, revision, revision, 1), module);
    }

    Plan plan() {
        return new Plan("service", ++plans, filters, new Plan.Slot<>("service", router), Duration.ofSeconds(30));
    }

    Rig open(Router routing) {
        router = generation("router", "service", routing);
        machine.open(plan());
        run();
        return this;
    }

    /** Another generation of the router. */
    Rig route(Router routing) {
        router = generation("router", "service", routing);
        machine.planPublished(plan());
        return run();
    }

    Rig open(RouterSession part) {
        return open((RouterContext context) -> part);
    }

    Rig openTo(String server) {
        Route route = Route.to(server);
        return open(router((command, holds) -> route));
    }

    /** A router's part that decides so. */
    static RouterSession router(
            java.util.function.BiFunction<org.penstock.api.command.Command, RouterSession.Holds, Route> decides) {
        return new RouterSession() {
            @Override
            public org.penstock.api.command.CommandInterest interest() {
                return org.penstock.api.command.CommandInterest.head(200);
            }

            @Override
            public Route route(org.penstock.api.command.Command command, Holds holds) {
                return decides.apply(command, holds);
            }

            @Override
            public OnLoss onConnectionLost(org.penstock.api.server.ServerView server, boolean waiting) {
                return OnLoss.GO_ON;
            }
        };
    }

    // -- events
    // --------------------------------------------------------------------------------------------------------

    Rig send(byte[] bytes) {
        machine.clientData(ledger.bytes(bytes));
        return this;
    }

    Rig reply(String server, byte[] bytes) {
        machine.serverData(links.get(server), ledger.bytes(bytes));
        return this;
    }

    Rig lose(String server) {
        machine.serverLost(links.remove(server), new SqlError(1927, "08S01", "lost"));
        return this;
    }

    Rig run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        return this;
    }

    /** Lets time pass. */
    Rig pass(Duration duration) {
        now += duration.toMillis();
        for (SimPort.Timer timer : List.copyOf(timers)) {
            if (timer.at <= now && timers.remove(timer) && !timer.cancelled) {
                timer.task.run();
            }
        }
        return run();
    }

    /** What the client got since the last look. */
    byte[] got() {
        byte[] bytes = client.toByteArray();
        client.reset();
        return bytes;
    }

    /** What a server got since the last look. */
    byte[] got(String server) {
        ByteArrayOutputStream stream = servers.get(server);
        if (stream == null) {
            return new byte[0];
        }
        byte[] bytes = stream.toByteArray();
        stream.reset();
        return bytes;
    }

    // -- actions
    // -------------------------------------------------------------------------------------------------------

    @Override
    public void toClient(Bytes bytes) {
        client.writeBytes(Ledger.take(bytes));
    }

    @Override
    public void toServer(Link link, Bytes bytes) {
        servers.get(link.server().name()).writeBytes(Ledger.take(bytes));
    }

    @Override
    public void readClient(boolean on) {
        reading = on;
    }

    @Override
    public void readServer(Link link, boolean on) {
        log.add((on ? "read " : "do not read ") + link.server().name());
    }

    @Override
    public void connect(Link link) {
        String name = link.server().name();
        links.put(name, link);
        servers.putIfAbsent(name, new ByteArrayOutputStream());
        if (connects) {
            tasks.add(() -> machine.serverReady(link, 2));
        }
    }

    @Override
    public void closeServer(Link link) {
        log.add("close " + link.server().name());
    }

    @Override
    public void closeClient() {
        log.add("close client");
    }

    @Override
    public void opened() {
        log.add("opened");
    }

    @Override
    public void refused(SqlError error) {
        log.add("refused " + error);
    }

    @Override
    public void changeUser(byte[] command) {
        log.add("change user " + command.length);
        reading = false;
    }

    @Override
    public void cutChange(SqlError error) {
        log.add("change cut " + error.code());
    }

    @Override
    public SessionContext.Timer after(Duration delay, Runnable task) {
        SimPort.Timer timer = new SimPort.Timer(now + delay.toMillis(), task);
        timers.add(timer);
        return () -> timer.cancelled = true;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public <T> void background(Callable<T> task, SessionContext.Outcome<T> outcome) {
        tasks.add(() -> {
            try {
                outcome.done(task.call(), null);
            } catch (Exception e) {
                outcome.done(null, e);
            }
        });
    }

    @Override
    public Branch branch(String service) {
        throw new UnsupportedOperationException("no branches here");
    }

    @Override
    public StatementReader reader() {
        return reader;
    }
}
