package org.penstock.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.api.server.ServerView;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.ServiceConnector;
import org.penstock.wire.Capabilities;
import org.penstock.wire.Charsets;

/** Opens service connections on the event loops, one loop after the other. */
public final class NettyServiceConnector implements ServiceConnector {
    static final long CAPABILITIES = Capabilities.MYSQL
            | Capabilities.LONG_FLAG
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH
            | Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA
            | Capabilities.DEPRECATE_EOF;

    private static final int MAX_PACKET = 1 << 24;

    private final Reactor reactor;
    private final Function<String, @Nullable Protocol> protocols;
    private final Function<String, @Nullable Authenticator> authenticators;

    /**
     * @param protocols dialects by name
     * @param authenticators authenticators by plugin
     */
    public NettyServiceConnector(
            Reactor reactor,
            Function<String, @Nullable Protocol> protocols,
            Function<String, @Nullable Authenticator> authenticators) {
        this.reactor = reactor;
        this.protocols = protocols;
        this.authenticators = authenticators;
    }

    @Override
    public CompletionStage<Opened> connect(
            ServerView view, String user, String password, Duration connectTimeout, Duration readTimeout) {
        CompletableFuture<Opened> opened = new CompletableFuture<>();
        if (!(view instanceof Server server)) {
            opened.completeExceptionally(new BackendException(view.name(), "is not a configured server", null));
            return opened;
        }
        SessionLoop loop = reactor.loops().next();
        reactor.dialer()
                .dial(
                        loop.loop(),
                        server,
                        settings -> login(server, settings, user, password),
                        connectTimeout.toMillis(),
                        new Completion(server, readTimeout, opened, Endpoints.NONE, true));
        return opened;
    }

    private ServerLogin login(Server server, ServerSettings settings, String user, String password) {
        Protocol protocol = protocols.apply(settings.protocol());
        if (protocol == null) {
            throw new ProtocolException(SqlError.general("protocol '" + settings.protocol() + "' is not available"));
        }
        ServerAuthRequest proof = new ServerAuthRequest(
                user, Secret.clear(password), server.address(), settings.encrypted(), settings.key(), null);
        return protocol.serverLogin(new ServerLoginRequest(
                user,
                null,
                Charsets.UTF8MB4_GENERAL_CI,
                CAPABILITIES,
                MAX_PACKET,
                new byte[0],
                settings.tls().enabled(),
                plugin -> {
                    Authenticator authenticator = authenticators.apply(plugin);
                    return authenticator == null ? null : authenticator.server(proof);
                }));
    }

    /** Completes the stage with what became of the login. */
    static final class Completion implements ServerLoginHandler.Outcome {
        private final Server server;
        private final Duration readTimeout;
        private final CompletableFuture<Opened> opened;
        private final Endpoints told;
        private final boolean urgent;
        private final ChannelSlot slot = new ChannelSlot();

        /**
         * @param told for whom the connection is, as a server with {@code proxy_protocol} is told
         * @param urgent whether it waits for nobody
         */
        Completion(
                Server server, Duration readTimeout, CompletableFuture<Opened> opened, Endpoints told, boolean urgent) {
            this.told = told;
            this.urgent = urgent;
            this.server = server;
            this.readTimeout = readTimeout;
            this.opened = opened;
        }

        @Override
        public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
            QueryHandler handler = new QueryHandler(
                    server, ready.greeting().version(), ready.capabilities(), readTimeout.toMillis(), channel);
            slot.handler = handler;
            return handler;
        }

        @Override
        public void installed(ServerLoginStep.Ready ready, Channel channel) {
            server.seen(ready.greeting());
            QueryHandler handler = slot.handler;
            if (handler == null || !opened.complete(handler)) {
                channel.close();
            }
        }

        @Override
        public boolean urgent() {
            return urgent;
        }

        @Override
        public byte[] preface(ServerSettings settings) {
            return told.header(settings.proxyHeader());
        }

        @Override
        public void failed(SqlError error) {
            opened.completeExceptionally(new BackendException(server.name(), error));
        }

        /** The handler between its two calls. */
        private static final class ChannelSlot {
            private @Nullable QueryHandler handler;
        }
    }
}
