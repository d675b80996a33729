package org.penstock.core.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.core.login.Identity;
import org.penstock.core.server.Server;
import org.penstock.core.session.Bytes;
import org.penstock.core.session.Link;
import org.penstock.wire.Capabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers' ends of one session: opens, feeds and closes the channels behind its links. */
final class SessionServers {
    /** Capabilities that change the shape of replies, so that client and server must have the same. */
    private static final long REPLY_SHAPE = Capabilities.DEPRECATE_EOF
            | Capabilities.SESSION_TRACK
            | Capabilities.CACHE_METADATA
            | Capabilities.EXTENDED_METADATA
            | Capabilities.BULK_UNIT_RESULTS
            | Capabilities.PROGRESS;

    private static final Logger LOG = LoggerFactory.getLogger(SessionServers.class);

    private static final byte[] QUIT = {1, 0, 0, 0, 1};

    private final NettySession session;
    private int dirtyLinks;

    SessionServers(NettySession session) {
        this.session = session;
    }

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

    void write(Link link, Bytes bytes) {
        if (link.channel() instanceof ServerSide side) {
            side.channel.write(NettyBytes.buffer(bytes), side.channel.voidPromise());
            if (!side.dirty) {
                side.dirty = true;
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
            if (link.channel() instanceof ServerSide side && side.dirty) {
                side.dirty = false;
                side.channel.flush();
            }
        }
    }

    void read(Link link, boolean on) {
        if (link.channel() instanceof ServerSide side) {
            side.channel.config().setAutoRead(on);
        }
    }

    void exchangeStarted(Link link) {
        if (link.channel() instanceof ServerSide side) {
            side.inFlight++;
            side.server.operationStarted();
        }
    }

    void exchangeEnded(@Nullable Link link) {
        if (link != null && link.channel() instanceof ServerSide side && side.inFlight > 0) {
            side.inFlight--;
            side.server.operationEnded();
        }
    }

    void connect(Link link) {
        Server server = session.frontend().server(link.server().name());
        if (server == null || !server.tryOpenConnection()) {
            session.execute(() -> session.machine()
                    .serverLost(
                            link,
                            new SqlError(
                                    1040,
                                    "08004",
                                    "Too many connections to server '"
                                            + link.server().name() + "'")));
            return;
        }
        Protocol protocol = session.frontend().protocol(server.settings().protocol());
        if (protocol == null) {
            server.connectionClosed();
            String name = server.settings().protocol();
            session.execute(() ->
                    session.machine().serverLost(link, SqlError.general("protocol '" + name + "' is not available")));
            return;
        }
        ServerLogin login;
        try {
            login = Objects.requireNonNull(
                    protocol.serverLogin(
                            serverLogin(server, session.machine().state().database())),
                    "no login");
        } catch (RuntimeException | LinkageError e) {
            server.connectionClosed();
            LOG.warn(
                    "protocol '{}' failed towards server '{}': {}",
                    server.settings().protocol(),
                    server.name(),
                    e.toString());
            SqlError failed = SqlError.general("protocol '" + server.settings().protocol() + "' failed: "
                    + e.getClass().getSimpleName());
            session.execute(() -> session.machine().serverLost(link, failed));
            return;
        }
        session.reactor()
                .dialer()
                .dial(
                        session.loop().loop(),
                        server,
                        login,
                        session.frontend().connectTimeoutMillis(),
                        new LinkOutcome(link, server, session.identity()));
    }

    private ServerLoginRequest serverLogin(Server server, @Nullable String database) {
        Identity identity = session.identity();
        LoginRequest request = identity.request();
        Frontend frontend = session.frontend();
        ServerAuthRequest proof = new ServerAuthRequest(
                identity.serverUser(), identity.credential(), server.address(), false, frontend.store());
        return new ServerLoginRequest(
                identity.serverUser(),
                database,
                request.charset(),
                request.capabilities(),
                request.maxPacket(),
                request.attributes(),
                false,
                plugin -> frontend.serverAuth(plugin, proof));
    }

    /** Takes the channel over when its login has ended. */
    private final class LinkOutcome implements ServerLoginHandler.Outcome {
        private final Link link;
        private final Server server;
        private final Identity identity;

        LinkOutcome(Link link, Server server, Identity identity) {
            this.link = link;
            this.server = server;
            this.identity = identity;
        }

        @Override
        public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
            return new LinkHandler(session, link);
        }

        @Override
        public void installed(ServerLoginStep.Ready ready, Channel channel) {
            server.seen(ready.greeting());
            ServerSide side = new ServerSide(channel, ready.greeting(), server);
            channel.closeFuture().addListener(gone -> side.lost());
            if (session.closed() || link.state() == Link.State.CLOSED) {
                quit(channel, true);
                return;
            }
            link.channel(side);
            if (!identity.equals(session.identity())) {
                session.machine()
                        .serverLost(
                                link,
                                SqlError.general("the account was changed while server '" + server.name()
                                        + "' was being connected"));
                quit(channel, true);
                session.flush();
                return;
            }
            long missing = session.identity().request().capabilities() & ~ready.capabilities() & REPLY_SHAPE;
            if (missing == 0) {
                session.machine().serverReady(link, ready.status());
            } else {
                session.machine()
                        .serverLost(
                                link,
                                SqlError.general("server '" + server.name()
                                        + "' lacks capabilities that the client was promised (0x"
                                        + Long.toHexString(missing)
                                        + "); connect again"));
                quit(channel, true);
            }
            session.flush();
        }

        @Override
        public void failed(SqlError error) {
            server.connectionClosed();
            session.machine().serverLost(link, error);
            session.flush();
        }
    }

    /** Drops the connection to a server that a monitor found down. */
    void drop(Server server) {
        for (Link link : session.machine().connections()) {
            if (link.server() == server && link.channel() instanceof ServerSide side) {
                side.channel.close();
            }
        }
    }

    void close(Link link) {
        if (link.channel() instanceof ServerSide server) {
            link.channel(null);
            quit(server.channel, link.idle());
        }
    }

    private static void quit(Channel channel, boolean polite) {
        if (polite && channel.isActive()) {
            channel.write(Unpooled.wrappedBuffer(QUIT), channel.voidPromise());
            channel.flush();
        }
        channel.close();
    }

    /** Logs a server connection in anew for the current identity. */
    void changeUser(Link link, UserChange change) {
        if (!(link.channel() instanceof ServerSide side)) {
            change.done(link, null);
            return;
        }
        Protocol protocol = session.frontend().protocol(side.server.settings().protocol());
        if (protocol == null) {
            change.done(
                    link, SqlError.general("protocol '" + side.server.settings().protocol() + "' is not available"));
            return;
        }
        ServerLoginHandler handler = new ServerLoginHandler(
                protocol.changeUser(
                        serverLogin(side.server, session.identity().request().database()), side.greeting),
                new ServerLoginHandler.Outcome() {
                    @Override
                    public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
                        return new LinkHandler(session, link);
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
                session.frontend().connectTimeoutMillis());
        side.channel.pipeline().replace("link", "login", handler);
    }
}
