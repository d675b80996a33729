package org.penstock.core.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.core.login.Identity;
import org.penstock.core.net.pool.LoopPool;
import org.penstock.core.net.pool.PoolKey;
import org.penstock.core.net.pool.PooledConnection;
import org.penstock.core.server.ProxyHeaderVersion;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.session.Bytes;
import org.penstock.core.session.Link;
import org.penstock.wire.Capabilities;

/** The servers' ends of one session: opens, feeds and closes the channels behind its links. */
final class SessionServers {
    private static final byte[] QUIT = {1, 0, 0, 0, 1};

    private final NettySession session;
    private int dirtyLinks;

    SessionServers(NettySession session) {
        this.session = session;
    }

    void write(Link link, Bytes bytes) {
        if (link.channel() instanceof ServerSide side) {
            side.channel().write(NettyBytes.buffer(bytes), side.channel().voidPromise());
            if (side.dirtied()) {
                dirtyLinks++;
            }
        } else {
            bytes.release();
        }
    }

    /** Sends what was written since the last flush. */
    void flush() {
        if (dirtyLinks == 0) {
            return;
        }
        dirtyLinks = 0;
        for (Link link : session.machine().connections()) {
            if (link.channel() instanceof ServerSide side) {
                side.flush();
            }
        }
    }

    /** Pings the servers to which nothing was sent for longer than that. */
    void keepAlive(long now, Duration unused) {
        for (Link link : session.machine().connections()) {
            if (link.channel() instanceof ServerSide side && side.unusedNanos(now) > unused.toNanos()) {
                session.machine().ping(link);
            }
        }
    }

    void read(Link link, boolean on) {
        if (link.channel() instanceof ServerSide side) {
            side.channel().config().setAutoRead(on);
        }
    }

    void exchangeStarted(Link link) {
        if (link.channel() instanceof ServerSide side) {
            side.operationStarted();
        }
    }

    void exchangeEnded(@Nullable Link link) {
        if (link != null && link.channel() instanceof ServerSide side) {
            side.operationEnded();
        }
    }

    void connect(Link link) {
        Server server = session.frontend().server(link.server().name());
        if (server == null) {
            fail(link, SqlError.general("server '" + link.server().name() + "' does not exist any more"));
            return;
        }
        new LinkConnect(session, link, server).begin();
    }

    private void fail(Link link, SqlError error) {
        session.execute(() -> session.machine().serverLost(link, error));
    }

    /**
     * What a server is logged in to with, for the session's account.
     *
     * @param settings those under which the connection is, or will be, open
     */
    ServerLoginRequest serverLogin(Server server, ServerSettings settings, @Nullable String database) {
        Identity identity = session.identity();
        LoginRequest request = identity.request();
        Frontend frontend = session.frontend();
        ServerAuthRequest proof = new ServerAuthRequest(
                identity.serverUser(),
                identity.credential(),
                server.address(),
                settings.encrypted(),
                settings.key(),
                frontend.store());
        return new ServerLoginRequest(
                identity.serverUser(),
                database,
                request.charset(),
                settings.compression()
                        ? request.capabilities() | Capabilities.COMPRESS
                        : request.capabilities() & ~Capabilities.COMPRESS,
                request.maxPacket(),
                request.attributes(),
                settings.tls().enabled(),
                plugin -> frontend.serverAuth(plugin, proof));
    }

    /** What another session must have in common with this one to use its connection. */
    PoolKey poolKey(Server server, ServerLoginRequest request) {
        boolean told = server.settings().proxyHeader() != ProxyHeaderVersion.NONE;
        String origin = told ? session.machine().state().clientAddress() : "";
        return PoolKey.of(server, request, session.identity().credential(), origin);
    }

    /** Drops the connection to a server that a monitor found down. */
    void drop(Server server) {
        for (Link link : session.machine().connections()) {
            if (link.server() == server && link.channel() instanceof ServerSide side) {
                side.channel().close();
            }
        }
    }

    void close(Link link) {
        if (link.channel() instanceof ServerSide side) {
            link.channel(null);
            boolean settled = side.settled();
            if (!(settled && link.reusable() && park(side))) {
                quit(side.channel(), settled && link.idle());
            }
        } else if (link.channel() instanceof LinkConnect pending) {
            link.channel(null);
            pending.cancel();
        }
    }

    /** Whether any server is connected, and logged in to. */
    boolean connected() {
        return session.machine().connections().stream().anyMatch(link -> link.channel() instanceof ServerSide);
    }

    /** Gives a connection that the session does not need any more to the pool; whether that took it. */
    private boolean park(ServerSide side) {
        if (!LoopPool.keeps(side.server())) {
            return false;
        }
        PoolKey key = poolKey(side.server(), serverLogin(side.server(), side.settings(), null));
        PooledConnection connection = new PooledConnection(side.channel(), key, side.settings(), side.greeting());
        boolean kept = session.loop().pool().park(connection, LinkHandler.NAME, System.nanoTime());
        if (kept) {
            side.release();
        }
        return kept;
    }

    /** Closes a channel, with COM_QUIT where nothing is in flight. */
    static void quit(Channel channel, boolean polite) {
        if (polite && channel.isActive()) {
            channel.write(Unpooled.wrappedBuffer(QUIT), channel.voidPromise());
            channel.flush();
        }
        channel.close();
    }

    /** A connection is about to change its account: until that has ended it is nobody's. */
    void unsettle(Link link) {
        if (link.channel() instanceof ServerSide side) {
            side.settled(false);
        }
    }

    /** Logs a server connection in anew for the current identity. */
    void changeUser(Link link, UserChange change) {
        if (!(link.channel() instanceof ServerSide side)) {
            change.done(link, null);
            return;
        }
        Protocol protocol = session.frontend().protocol(side.server().settings().protocol());
        if (protocol == null) {
            change.done(
                    link,
                    SqlError.general("protocol '" + side.server().settings().protocol() + "' is not available"));
            return;
        }
        ServerLogin login;
        try {
            login = protocol.changeUser(
                    serverLogin(side.server(), side.settings(), change.database()), side.greeting());
        } catch (RuntimeException | LinkageError e) {
            change.done(link, Dial.failure(side.settings(), e));
            return;
        }
        ServerLoginHandler handler = new ServerLoginHandler(
                login,
                new ServerLoginHandler.Outcome() {
                    @Override
                    public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
                        return new LinkHandler(session, link);
                    }

                    @Override
                    public void installed(ServerLoginStep.Ready ready, Channel channel) {
                        side.settled(true);
                        change.done(link, ready.status());
                    }

                    @Override
                    public void failed(SqlError error) {
                        change.done(link, error);
                    }

                    @Override
                    public Background background() {
                        return session.reactor().background();
                    }
                },
                side.server().name(),
                session.frontend().connectTimeoutMillis());
        side.channel().pipeline().replace(LinkHandler.NAME, "login", handler);
    }
}
