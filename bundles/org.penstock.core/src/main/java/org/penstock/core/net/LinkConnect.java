package org.penstock.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.core.login.Identity;
import org.penstock.core.net.pool.LoopPool;
import org.penstock.core.net.pool.PooledConnection;
import org.penstock.core.server.PoolFigures.Discard;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.session.Link;
import org.penstock.wire.Capabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server connection of a session on its way: from the pool where one fits, logged in anew for the session's account; else, or when that fails, dialed. The
 * client sees the outcome only.
 */
final class LinkConnect implements ServerLoginHandler.Outcome {
    private static final Logger LOG = LoggerFactory.getLogger(LinkConnect.class);

    /** Capabilities that change the shape of replies, so that client and server must have the same. */
    private static final long REPLY_SHAPE = Capabilities.DEPRECATE_EOF
            | Capabilities.SESSION_TRACK
            | Capabilities.CACHE_METADATA
            | Capabilities.EXTENDED_METADATA
            | Capabilities.BULK_UNIT_RESULTS
            | Capabilities.PROGRESS;

    private final NettySession session;
    private final Link link;
    private final Server server;
    private final Protocol protocol;
    private final Identity identity;
    private ServerLoginRequest request;
    private ServerSettings settings;

    LinkConnect(NettySession session, Link link, Server server, Protocol protocol) {
        this.session = session;
        this.link = link;
        this.server = server;
        this.protocol = protocol;
        this.identity = session.identity();
        this.settings = server.settings();
        this.request = asked();
    }

    private ServerLoginRequest asked() {
        return session.servers()
                .serverLogin(server, settings, session.machine().state().database());
    }

    void begin() {
        PooledConnection pooled = LoopPool.keeps(server)
                ? session.loop().pool().take(session.servers().poolKey(server, request), System.nanoTime())
                : null;
        if (pooled != null) {
            server.connectionReused();
            reuse(pooled);
        } else if (admitted()) {
            dial();
        } else {
            fail(new SqlError(
                    1040,
                    "08004",
                    "Too many connections to server '" + server.name() + "': max_routing_connections is "
                            + server.settings().maxRoutingConnections()));
        }
    }

    /** Whether the server takes one more; idle connections of others give way. */
    private boolean admitted() {
        do {
            if (server.tryOpenConnection()) {
                return true;
            }
        } while (session.loop().pool().dropOne(server));
        return false;
    }

    private void reuse(PooledConnection pooled) {
        ServerLogin login = login(() -> protocol.changeUser(request, pooled.greeting()));
        if (login == null) {
            SessionServers.quit(pooled.channel(), true);
            return;
        }
        settings = pooled.settings();
        ServerLoginHandler handler = new ServerLoginHandler(
                login, new Reuse(), server.name(), session.frontend().connectTimeoutMillis());
        LoopPool.hand(pooled, "login", handler);
    }

    /** The reset of a connection from the pool; one that fails is replaced by a fresh one. */
    private final class Reuse implements ServerLoginHandler.Outcome {
        @Override
        public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
            return LinkConnect.this.ready(ready, channel);
        }

        @Override
        public void installed(ServerLoginStep.Ready ready, Channel channel) {
            LinkConnect.this.installed(ready, channel);
        }

        @Override
        public Background background() {
            return LinkConnect.this.background();
        }

        @Override
        public void failed(SqlError error) {
            LOG.debug("a pooled connection to server '{}' is of no use: {}", server.name(), error);
            server.pool().discarded(Discard.RESET);
            if (session.closed() || link.state() == Link.State.CLOSED) {
                server.connectionClosed();
            } else {
                settings = server.settings();
                request = asked();
                dial();
            }
        }
    }

    @Override
    public Background background() {
        return session.reactor().background();
    }

    private void dial() {
        ServerLogin login = login(() -> protocol.serverLogin(request));
        if (login != null) {
            session.reactor()
                    .dialer()
                    .dial(
                            session.loop().loop(),
                            server,
                            login,
                            session.frontend().connectTimeoutMillis(),
                            this);
        }
    }

    private @Nullable ServerLogin login(java.util.function.Supplier<ServerLogin> made) {
        try {
            return Objects.requireNonNull(made.get(), "no login");
        } catch (RuntimeException | LinkageError e) {
            server.connectionClosed();
            String name = server.settings().protocol();
            LOG.warn("protocol '{}' failed towards server '{}': {}", name, server.name(), e.toString());
            fail(SqlError.general(
                    "protocol '" + name + "' failed: " + e.getClass().getSimpleName()));
            return null;
        }
    }

    /** Not at once, since the machine has just asked for the connection. */
    private void fail(SqlError error) {
        session.execute(() -> session.machine().serverLost(link, error));
    }

    @Override
    public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
        return new LinkHandler(session, link);
    }

    @Override
    public void installed(ServerLoginStep.Ready ready, Channel channel) {
        server.seen(ready.greeting());
        ServerSide side = new ServerSide(channel, server, settings, ready.greeting());
        if (session.closed() || link.state() == Link.State.CLOSED) {
            SessionServers.quit(channel, true);
            return;
        }
        link.channel(side);
        link.threadId(ready.greeting().connectionId());
        SqlError refusal = refusal(ready);
        if (refusal == null) {
            session.machine().serverReady(link, ready.status());
        } else {
            session.machine().serverLost(link, refusal);
            SessionServers.quit(channel, true);
        }
        session.flush();
    }

    private @Nullable SqlError refusal(ServerLoginStep.Ready ready) {
        if (!identity.equals(session.identity())) {
            return SqlError.general("the account was changed while server '" + server.name() + "' was being connected");
        }
        long missing = session.identity().request().capabilities() & ~ready.capabilities() & REPLY_SHAPE;
        return missing == 0
                ? null
                : SqlError.general("server '" + server.name() + "' lacks capabilities that the client was promised (0x"
                        + Long.toHexString(missing) + "); connect again");
    }

    @Override
    public byte[] preface() {
        Endpoints ends = session.endpoints();
        return ends.header(server.settings().proxyHeader());
    }

    @Override
    public boolean wanted() {
        return !session.closed() && link.state() != Link.State.CLOSED;
    }

    @Override
    public void failed(SqlError error) {
        server.connectionClosed();
        session.machine().serverLost(link, error);
        session.flush();
    }
}
