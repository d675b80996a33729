package org.penstock.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.ProtocolException;
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

    /** A server's definite answers about an account: denied, to its database too, without a plugin, locked, expired. */
    private static final Set<Integer> ACCOUNT_REFUSALS = Set.of(1044, 1045, 1049, 1698, 1820, 1862, 4151);

    private final NettySession session;
    private final Link link;
    private final Server server;
    private Identity identity;
    private ServerSettings settings;
    private @Nullable Dial dial;
    private @Nullable Channel pooled;
    private boolean asking;
    private boolean counted;

    LinkConnect(NettySession session, Link link, Server server) {
        this.session = session;
        this.link = link;
        this.server = server;
        this.identity = session.identity();
        this.settings = server.settings();
    }

    private ServerLoginRequest asked() {
        return session.servers().serverLogin(server, settings, session.machine().database());
    }

    /** Called when the machine asks for the connection, which learns of nothing before that call has ended. */
    void begin() {
        link.channel(this);
        asking = true;
        PooledConnection fitting = LoopPool.keeps(server)
                ? session.loop().pool().take(session.servers().poolKey(server, asked()), System.nanoTime())
                : null;
        if (fitting != null) {
            server.connectionReused();
            counted = true;
            reuse(fitting);
        } else {
            new RoutingPlace(
                            server,
                            session.loop(),
                            session.reactor().loops().all(),
                            session.frontend().connectTimeoutMillis(),
                            new Place())
                    .take();
        }
        asking = false;
    }

    /** The place among the server's connections. */
    private final class Place implements RoutingPlace.Outcome {
        @Override
        public void taken() {
            counted = true;
            if (wanted()) {
                dial();
            } else {
                uncount();
            }
        }

        @Override
        public void none() {
            lost(new SqlError(
                    1040,
                    "08004",
                    "Too many connections to server '" + server.name() + "': max_routing_connections is "
                            + server.settings().maxRoutingConnections()));
        }
    }

    /** The session does not want the connection any more. */
    void cancel() {
        Dial dialing = dial;
        Channel reused = pooled;
        if (dialing != null) {
            dialing.cancel();
        } else if (reused != null) {
            reused.close();
        }
    }

    private void reuse(PooledConnection fitting) {
        settings = fitting.settings();
        ServerLogin login;
        try {
            login = protocol(settings).changeUser(asked(), fitting.greeting());
        } catch (RuntimeException | LinkageError e) {
            SessionServers.quit(fitting.channel(), true);
            failed(Dial.failure(settings, e));
            return;
        }
        pooled = fitting.channel();
        ServerLoginHandler handler = new ServerLoginHandler(
                login, new Reuse(), server.name(), session.frontend().connectTimeoutMillis());
        LoopPool.hand(fitting, "login", handler);
    }

    private Protocol protocol(ServerSettings now) {
        Protocol protocol = session.frontend().protocol(now.protocol());
        if (protocol == null) {
            throw new ProtocolException(SqlError.general("protocol '" + now.protocol() + "' is not available"));
        }
        return protocol;
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
        public void broken(SqlError error) {
            LinkConnect.this.broken(error);
        }

        @Override
        public void failed(SqlError error) {
            LOG.debug("a pooled connection to server '{}' is of no use: {}", server.name(), error);
            server.pool().discarded(Discard.RESET);
            pooled = null;
            if (ACCOUNT_REFUSALS.contains(error.code())) {
                // the same proof would be refused, and counted, once more
                LinkConnect.this.failed(error);
            } else if (wanted()) {
                dial();
            } else {
                uncount();
            }
        }
    }

    @Override
    public Background background() {
        return session.reactor().background();
    }

    private void dial() {
        dial = session.reactor()
                .dialer()
                .dial(
                        session.loop().loop(),
                        server,
                        this::login,
                        session.frontend().connectTimeoutMillis(),
                        this);
    }

    private ServerLogin login(ServerSettings now) {
        settings = now;
        identity = session.identity();
        return protocol(now).serverLogin(asked());
    }

    private void uncount() {
        if (counted) {
            counted = false;
            server.connectionClosed();
        }
    }

    @Override
    public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
        return new LinkHandler(session, link);
    }

    @Override
    public void installed(ServerLoginStep.Ready ready, Channel channel) {
        server.seen(ready.greeting());
        ServerSide side = new ServerSide(channel, server, settings, ready.greeting());
        counted = false;
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
    public byte[] preface(ServerSettings now) {
        return session.endpoints().header(now.proxyHeader());
    }

    @Override
    public boolean wanted() {
        return !session.closed() && link.state() != Link.State.CLOSED;
    }

    @Override
    public void broken(SqlError error) {
        uncount();
        session.handle(() -> session.machine().serverLost(link, error));
    }

    @Override
    public void failed(SqlError error) {
        uncount();
        lost(error);
    }

    private void lost(SqlError error) {
        if (asking) {
            session.execute(() -> session.machine().serverLost(link, error));
        } else {
            session.machine().serverLost(link, error);
            session.flush();
        }
    }
}
