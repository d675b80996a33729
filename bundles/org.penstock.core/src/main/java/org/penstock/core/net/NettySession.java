package org.penstock.core.net;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.session.Branch;
import org.penstock.api.session.SessionContext;
import org.penstock.core.login.Identity;
import org.penstock.core.server.Server;
import org.penstock.core.service.SessionLimits;
import org.penstock.core.session.Bytes;
import org.penstock.core.session.Kill;
import org.penstock.core.session.Link;
import org.penstock.core.session.SessionMachine;
import org.penstock.core.session.SessionPort;
import org.penstock.core.session.SessionState;
import org.penstock.core.session.state.StatementReader;
import org.penstock.wire.packet.OkPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session on its event loop: carries out what its machine says on the channels. */
public final class NettySession implements SessionPort {
    private static final Logger LOG = LoggerFactory.getLogger(NettySession.class);

    /** Time in which a server closes a connection that it has killed. */
    private static final Duration DOOM = Duration.ofSeconds(2);

    private final Reactor reactor;
    private final SessionLoop loop;
    private final Frontend frontend;
    private final ClientSide client;
    private final SessionMachine machine;
    private final Greeting greeting;
    private final SessionServers servers = new SessionServers(this);
    private final long startedNanos = System.nanoTime();
    private Identity identity;
    private long touchedNanos = startedNanos;
    private boolean answered;
    private boolean closed;

    NettySession(Reactor reactor, SessionLoop loop, Frontend frontend, ClientSide client, Start start) {
        this.reactor = reactor;
        this.loop = loop;
        this.frontend = frontend;
        this.client = client;
        this.identity = start.identity();
        this.greeting = start.greeting();
        SessionState state = new SessionState(
                start.greeting().connectionId(), frontend.service().name(), start.address(), login(start.identity()));
        this.machine = new SessionMachine(this, state, frontend::servers, frontend.budget());
    }

    /**
     * What a session begins with.
     *
     * @param identity who the client is
     * @param greeting what it was greeted with
     * @param address numeric address of the client
     */
    record Start(Identity identity, Greeting greeting, String address) {}

    static SessionState.Login login(Identity identity) {
        LoginRequest request = identity.request();
        return new SessionState.Login(
                request.user(),
                request.database() == null || request.database().isEmpty() ? null : request.database(),
                request.charset(),
                request.capabilities(),
                Attributes.decode(request.attributes()));
    }

    // -- what others look at
    // -------------------------------------------------------------------------------------------

    public long id() {
        return greeting.connectionId();
    }

    public SessionMachine machine() {
        return machine;
    }

    public Frontend frontend() {
        return frontend;
    }

    Greeting greeting() {
        return greeting;
    }

    Identity identity() {
        return identity;
    }

    /** The session goes on as someone else. */
    void identity(Identity next) {
        identity = next;
    }

    Reactor reactor() {
        return reactor;
    }

    /** The branch that this session is, or null for a client's. */
    @Nullable
    NettyBranch branchOf() {
        return client instanceof NettyBranch branch ? branch : null;
    }

    SessionServers servers() {
        return servers;
    }

    /** The ends of the client's connection. */
    Endpoints endpoints() {
        return client.endpoints();
    }

    boolean closed() {
        return closed;
    }

    SessionLoop loop() {
        return loop;
    }

    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Pings unused server connections, and ends the session when its client has been silent for longer than the service allows. */
    void sweep(long nowNanos) {
        if (answered || !machine.standing().idle()) {
            answered = false;
            touchedNanos = nowNanos;
        }
        keepAlive(nowNanos, frontend.service().settings().limits());
        if (client.stalled(nowNanos, frontend.service().settings().limits().netWriteTimeout())) {
            LOG.atInfo()
                    .addKeyValue("session", id())
                    .log("the client has not read for longer than net_write_timeout; the session ends");
            machine.close();
            return;
        }
        Duration limit = frontend.service().settings().limits().waitTimeout();
        boolean silent = !limit.isZero() && nowNanos - touchedNanos > limit.toNanos();
        if (silent && machine.standing().idle() && !(client instanceof NettyBranch)) {
            machine.end(new SqlError(
                    4031,
                    "HY000",
                    "The client was disconnected because of inactivity: wait_timeout is " + limit.toSeconds() + " s"));
        }
    }

    private void keepAlive(long nowNanos, SessionLimits limits) {
        Duration unused = limits.keepalive();
        if (unused.isZero() || unused.isNegative()) {
            return;
        }
        boolean active = nowNanos - touchedNanos <= unused.toNanos()
                || !machine.standing().idle();
        if (active || limits.forceKeepalive()) {
            servers.keepAlive(nowNanos, unused);
        }
    }

    /** Time since the client last sent something or was answered, as far as the last sweep saw it. */
    public Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - touchedNanos);
    }

    void touched() {
        touchedNanos = System.nanoTime();
    }

    // -- life
    // ----------------------------------------------------------------------------------------------------------

    void begin() {
        loop.add(this);
        reactor.registered(this);
        handle(() -> {
            var plan = frontend.plan();
            if (plan == null) {
                machine.end(SqlError.general("service '" + frontend.service().name() + "' is not ready"));
            } else {
                machine.open(plan);
            }
        });
    }

    /** Runs something on the machine from outside of a read, then sends what came of it. What it throws ends this session only. */
    public void handle(Runnable event) {
        try {
            event.run();
            flush();
        } catch (RuntimeException | LinkageError e) {
            failed(e);
        }
    }

    /** Something was thrown that no room of the machine expected: the session ends, others go on. */
    void failed(Throwable cause) {
        LOG.atError()
                .addKeyValue("session", id())
                .addKeyValue("service", frontend.service().name())
                .setCause(cause)
                .log("internal error; the session ends");
        try {
            machine.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.atError().addKeyValue("session", id()).setCause(e).log("the session did not close in order");
            closeClient();
        }
    }

    /** Sends what was written since the last flush. */
    void flush() {
        servers.flush();
        client.flush();
    }

    void clientWritabilityChanged(boolean writable) {
        client.writable(writable);
        machine.clientWritable(writable);
        flush();
    }

    // -- actions
    // -------------------------------------------------------------------------------------------------------

    @Override
    public void toClient(Bytes bytes) {
        client.write(bytes);
    }

    @Override
    public void toServer(Link link, Bytes bytes) {
        servers.write(link, bytes);
    }

    @Override
    public void readClient(boolean on) {
        client.read(on);
    }

    @Override
    public void readServer(Link link, boolean on) {
        servers.read(link, on);
    }

    @Override
    public void connect(Link link) {
        servers.connect(link);
    }

    @Override
    public void closeServer(Link link) {
        servers.close(link);
    }

    /** A monitor found a server down: the session's connection to it is of no use any more. */
    public void serverDown(Server server) {
        servers.drop(server);
    }

    @Override
    public void closeClient() {
        if (closed) {
            return;
        }
        closed = true;
        loop.remove(this);
        reactor.unregistered(this);
        frontend.service().sessionClosed();
        client.flush();
        client.close();
        if (!(client instanceof NettyBranch)) {
            identity.credential().destroy();
        }
    }

    @Override
    public void opened() {
        client.opened(this);
    }

    @Override
    public void refused(SqlError error) {
        client.refused(this, error);
    }

    @Override
    public void changeUser(byte[] command) {
        client.changeUser(this, command);
    }

    @Override
    public void cutChange(SqlError error) {
        client.cutChange(this, error);
    }

    @Override
    public boolean awaitsServer() {
        return identity.awaitsServer() && !(client instanceof NettyBranch);
    }

    @Override
    public SessionContext.Timer after(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = loop.loop().schedule(() -> handle(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(() -> handle(task));
    }

    @Override
    public <T> void background(Callable<T> task, SessionContext.Outcome<T> outcome) {
        reactor.background().run(task, outcome, this::execute);
    }

    @Override
    public Branch branch(String service) {
        return NettyBranch.open(this, service);
    }

    @Override
    public StatementReader reader() {
        return loop.reader();
    }

    @Override
    public void accountsChanged() {
        frontend.accountsChanged();
    }

    @Override
    public void kill(Kill kill, KillOutcome outcome) {
        new Killing(this, kill, outcome).begin();
    }

    @Override
    public void killed(long sessionId, int error) {
        reactor.onSession(sessionId, victim -> {
            if (victim != null && !victim.closed) {
                victim.judged(error == 0);
            }
        });
    }

    /** A server has killed this session's connection there, with which the session ends, or soon; or it has refused to. */
    private void judged(boolean dead) {
        if (dead) {
            after(DOOM, machine::killed);
        } else {
            machine.connections().forEach(Link::spared);
        }
    }

    @Override
    public void exchangeStarted(Link link) {
        servers.exchangeStarted(link);
    }

    @Override
    public void exchangeEnded(@Nullable Link link, long rows, int error) {
        answered = true;
        servers.exchangeEnded(link);
        frontend.service().commandReceived();
        client.replyEnded(rows, error);
    }

    /** The OK packet that confirms a login. */
    static byte[] ok(NettySession session, String info) {
        return new OkPacket(0, 0, session.machine.state().serverStatus(), 0, info, new byte[0])
                .encode(session.machine.state().capabilities());
    }
}
