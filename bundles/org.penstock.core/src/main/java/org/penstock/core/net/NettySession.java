package org.penstock.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.Credential;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.api.session.Branch;
import org.penstock.api.session.SessionContext;
import org.penstock.core.login.Identity;
import org.penstock.core.server.Server;
import org.penstock.core.session.Bytes;
import org.penstock.core.session.Link;
import org.penstock.core.session.SessionMachine;
import org.penstock.core.session.SessionPort;
import org.penstock.core.session.SessionState;
import org.penstock.wire.Capabilities;
import org.penstock.wire.packet.OkPacket;

/** A session on its event loop: carries out what its machine says on the channels. */
public final class NettySession implements SessionPort {
    /** Capabilities that change the shape of replies, so that client and server must have the same. */
    private static final long REPLY_SHAPE = Capabilities.DEPRECATE_EOF
            | Capabilities.SESSION_TRACK
            | Capabilities.CACHE_METADATA
            | Capabilities.EXTENDED_METADATA
            | Capabilities.BULK_UNIT_RESULTS
            | Capabilities.PROGRESS;

    private static final byte[] QUIT = {1, 0, 0, 0, 1};

    private final Reactor reactor;
    private final SessionLoop loop;
    private final Frontend frontend;
    private final ClientSide client;
    private final SessionMachine machine;
    private final Greeting greeting;
    private final long startedNanos = System.nanoTime();
    private Identity identity;
    private long touchedNanos = startedNanos;
    private boolean closed;
    private int dirtyLinks;

    /** The client's end of a session: a channel, or for a branch nothing. */
    interface ClientSide {
        void write(Bytes bytes);

        void flush();

        void read(boolean on);

        /** The session is open. */
        void opened(NettySession session);

        void refused(NettySession session, SqlError error);

        void changeUser(NettySession session, byte[] command);

        void close();

        /** A reply of a server has ended. */
        default void replyEnded(long rows, int error) {}
    }

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

    Reactor reactor() {
        return reactor;
    }

    /** The branch that this session is, or null for a client's. */
    @Nullable
    NettyBranch branchOf() {
        return client instanceof NettyBranch branch ? branch : null;
    }

    SessionLoop loop() {
        return loop;
    }

    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Ends the session when its client has been silent for longer than the service allows. */
    void sweep(long nowNanos) {
        Duration limit = frontend.service().settings().limits().waitTimeout();
        boolean silent = !limit.isZero() && nowNanos - touchedNanos > limit.toNanos();
        if (silent && machine.idle() && !(client instanceof NettyBranch)) {
            handle(() -> machine.end(new SqlError(
                    4031,
                    "HY000",
                    "The client was disconnected because of inactivity: wait_timeout is " + limit.toSeconds() + " s")));
        }
    }

    /** Time since the client last sent something. */
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
        var plan = frontend.plan();
        if (plan == null) {
            machine.end(SqlError.general("service '" + frontend.service().name() + "' is not ready"));
        } else {
            machine.open(plan);
        }
        flush();
    }

    /** Runs something on the machine from outside of a read, then sends what came of it. */
    public void handle(Runnable event) {
        event.run();
        flush();
    }

    /** Sends what was written since the last flush. */
    void flush() {
        if (dirtyLinks > 0) {
            dirtyLinks = 0;
            for (Link link : machine.connections()) {
                if (link.channel() instanceof ServerSide server && server.dirty) {
                    server.dirty = false;
                    server.channel.flush();
                }
            }
        }
        client.flush();
    }

    void clientWritabilityChanged(boolean writable) {
        machine.clientWritable(writable);
        flush();
    }

    // -- actions
    // -------------------------------------------------------------------------------------------------------

    /** A server's end of a session. */
    private static final class ServerSide {
        private final Channel channel;
        private final Greeting greeting;
        private final Server server;
        private boolean dirty;
        private int inFlight;

        ServerSide(Channel channel, Greeting greeting, Server server) {
            this.channel = channel;
            this.greeting = greeting;
            this.server = server;
        }

        /** The connection is gone, and with it what was in flight. */
        void lost() {
            for (; inFlight > 0; inFlight--) {
                server.operationEnded();
            }
            server.connectionClosed();
        }
    }

    @Override
    public void toClient(Bytes bytes) {
        client.write(bytes);
    }

    @Override
    public void toServer(Link link, Bytes bytes) {
        if (link.channel() instanceof ServerSide server) {
            server.channel.write(NettyBytes.buffer(bytes), server.channel.voidPromise());
            if (!server.dirty) {
                server.dirty = true;
                dirtyLinks++;
            }
        } else {
            bytes.release();
        }
    }

    @Override
    public void readClient(boolean on) {
        client.read(on);
    }

    @Override
    public void readServer(Link link, boolean on) {
        if (link.channel() instanceof ServerSide server) {
            server.channel.config().setAutoRead(on);
        }
    }

    @Override
    public void connect(Link link) {
        Server server = frontend.server(link.server().name());
        if (server == null || !server.tryOpenConnection()) {
            execute(() -> machine.serverLost(
                    link,
                    new SqlError(
                            1040,
                            "08004",
                            "Too many connections to server '" + link.server().name() + "'")));
            return;
        }
        Protocol protocol = frontend.protocol(server.settings().protocol());
        if (protocol == null) {
            server.connectionClosed();
            String name = server.settings().protocol();
            execute(() -> machine.serverLost(link, SqlError.general("protocol '" + name + "' is not available")));
            return;
        }
        reactor.dialer()
                .dial(
                        loop.loop(),
                        server,
                        protocol.serverLogin(serverLogin()),
                        frontend.connectTimeoutMillis(),
                        new LinkOutcome(link, server));
    }

    private ServerLoginRequest serverLogin() {
        LoginRequest request = identity.request();
        Credential credential = identity.credential();
        return new ServerLoginRequest(
                request.user(),
                machine.state().database(),
                request.charset(),
                request.capabilities(),
                request.maxPacket(),
                request.attributes(),
                false,
                plugin -> frontend.serverAuth(plugin, credential));
    }

    /** Takes the channel over when its login has ended. */
    private final class LinkOutcome implements ServerLoginHandler.Outcome {
        private final Link link;
        private final Server server;

        LinkOutcome(Link link, Server server) {
            this.link = link;
            this.server = server;
        }

        @Override
        public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
            return new LinkHandler(NettySession.this, link);
        }

        @Override
        public void installed(ServerLoginStep.Ready ready, Channel channel) {
            server.seen(ready.greeting());
            ServerSide side = new ServerSide(channel, ready.greeting(), server);
            channel.closeFuture().addListener(gone -> side.lost());
            if (closed || link.state() == Link.State.CLOSED) {
                quit(channel, true);
                return;
            }
            link.channel(side);
            long missing = identity.request().capabilities() & ~ready.capabilities() & REPLY_SHAPE;
            if (missing == 0) {
                machine.serverReady(link, ready.status());
            } else {
                machine.serverLost(
                        link,
                        SqlError.general("server '" + server.name()
                                + "' lacks capabilities that the client was promised (0x" + Long.toHexString(missing)
                                + "); connect again"));
                quit(channel, true);
            }
            flush();
        }

        @Override
        public void failed(SqlError error) {
            server.connectionClosed();
            machine.serverLost(link, error);
            flush();
        }
    }

    /** A monitor found a server down: the session's connection to it is of no use any more. */
    public void serverDown(Server server) {
        for (Link link : machine.connections()) {
            if (link.server() == server && link.channel() instanceof ServerSide side) {
                side.channel.close();
            }
        }
    }

    @Override
    public void closeServer(Link link) {
        if (link.channel() instanceof ServerSide server) {
            link.channel(null);
            quit(server.channel, link.idle());
        }
    }

    private static void quit(Channel channel, boolean polite) {
        if (polite && channel.isActive()) {
            channel.write(io.netty.buffer.Unpooled.wrappedBuffer(QUIT), channel.voidPromise());
            channel.flush();
        }
        channel.close();
    }

    @Override
    public void closeClient() {
        if (closed) {
            return;
        }
        closed = true;
        loop.remove(this);
        reactor.unregistered(this);
        client.flush();
        client.close();
        if (!(client instanceof NettyBranch)) {
            identity.credential().destroy();
        }
        frontend.service().sessionClosed();
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

    /** The client is accepted anew: its servers follow, then the session goes on. */
    void userChanged(Identity next, Runnable confirmed) {
        Identity former = identity;
        identity = next;
        new UserChange(this, machine.connections(), () -> {
                    former.credential().destroy();
                    confirmed.run();
                    machine.userChanged(login(next));
                    flush();
                })
                .begin();
    }

    /** Logs a server connection in anew for the current identity. */
    void changeUserOn(Link link, UserChange change) {
        if (!(link.channel() instanceof ServerSide side)) {
            change.done(link, null);
            return;
        }
        Protocol protocol = frontend.protocol(side.server.settings().protocol());
        if (protocol == null) {
            change.done(
                    link, SqlError.general("protocol '" + side.server.settings().protocol() + "' is not available"));
            return;
        }
        LoginRequest request = identity.request();
        Credential credential = identity.credential();
        ServerLoginRequest asked = new ServerLoginRequest(
                request.user(),
                request.database(),
                request.charset(),
                request.capabilities(),
                request.maxPacket(),
                request.attributes(),
                false,
                plugin -> frontend.serverAuth(plugin, credential));
        ServerLoginHandler handler = new ServerLoginHandler(
                protocol.changeUser(asked, side.greeting),
                new ServerLoginHandler.Outcome() {
                    @Override
                    public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
                        return new LinkHandler(NettySession.this, link);
                    }

                    @Override
                    public void installed(ServerLoginStep.Ready ready, Channel channel) {
                        change.done(link, null);
                    }

                    @Override
                    public void failed(SqlError error) {
                        change.done(link, error);
                    }
                },
                side.server.name(),
                frontend.connectTimeoutMillis());
        side.channel.pipeline().replace("link", "login", handler);
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
    public void exchangeStarted(Link link) {
        if (link.channel() instanceof ServerSide side) {
            side.inFlight++;
            side.server.operationStarted();
        }
    }

    @Override
    public void exchangeEnded(@Nullable Link link, long rows, int error) {
        if (link != null && link.channel() instanceof ServerSide side && side.inFlight > 0) {
            side.inFlight--;
            side.server.operationEnded();
        }
        frontend.service().commandReceived();
        client.replyEnded(rows, error);
    }

    /** The OK packet that confirms a login. */
    static byte[] ok(NettySession session) {
        return OkPacket.of(0, 0, session.machine.state().serverStatus(), 0)
                .encode(session.machine.state().capabilities());
    }
}
