package org.penstock.core.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.Client;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.Protocol;
import org.penstock.core.login.Identity;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.PendingLogin;
import org.penstock.core.net.tls.TlsContext;
import org.penstock.core.session.SqlErrors;
import org.penstock.wire.Capabilities;
import org.penstock.wire.proxy.ProxyHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Listens on one address and takes each client through its login into a session. */
public final class Acceptor {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private static final int BACKLOG = 4096;

    /** Smallest and largest buffer that is read into. */
    private static final int MIN_READ = 512;

    private static final int FIRST_READ = 2048;
    private static final int MAX_READ = 64 * 1024;

    private static final ThreadLocal<SecureRandom> RANDOM = ThreadLocal.withInitial(SecureRandom::new);

    private static final SqlError TOO_MANY_PENDING =
            new SqlError(1040, "08004", "Too many connections: too many logins are pending (max_pending_logins)");

    private final Reactor reactor;
    private final Frontend frontend;
    private final Settings settings;
    private final @Nullable TlsContext tls;
    private final AtomicInteger pending = new AtomicInteger();
    private final OncePerSecond headerWarning = new OncePerSecond();

    /**
     * How a listener treats its clients.
     *
     * @param name configured name
     * @param protocol name of the dialect
     * @param loginTimeoutMillis bound for a whole login
     * @param maxPending logins that may be pending at a time; further clients are refused
     * @param highWater bytes waiting for a peer above which nothing more is read for it
     * @param lowWater bytes waiting below which reading goes on
     * @param policy how clients are let in
     */
    public record Settings(
            String name,
            String protocol,
            long loginTimeoutMillis,
            int maxPending,
            int highWater,
            int lowWater,
            LoginPolicy policy) {}

    public Acceptor(Reactor reactor, Frontend frontend, Settings settings) {
        this(reactor, frontend, settings, null);
    }

    /**
     * A listener that offers TLS.
     *
     * @param tls encryption that clients are offered, or null for none
     */
    public Acceptor(Reactor reactor, Frontend frontend, Settings settings, @Nullable TlsContext tls) {
        this.tls = tls;
        this.reactor = reactor;
        this.frontend = frontend;
        this.settings = settings;
        reactor.dialer().waterMark(new WriteBufferWaterMark(settings.lowWater(), settings.highWater()));
    }

    /** Listens on a TCP address. */
    public CompletionStage<Channel> bind(String address, int port) {
        return bind(new InetSocketAddress(address, port), false);
    }

    /** Listens on a unix socket. */
    public CompletionStage<Channel> bindUnix(String path) {
        return bind(reactor.loops().transport().unixAddress(path), true);
    }

    private CompletionStage<Channel> bind(SocketAddress address, boolean unix) {
        Transport transport = reactor.loops().transport();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(reactor.loops().group())
                .channel(transport.serverChannel(unix))
                .handler(new AcceptPause(settings.name()))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(settings.lowWater(), settings.highWater()))
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(MIN_READ, FIRST_READ, MAX_READ))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted(channel, unix);
                    }
                });
        if (!unix) {
            bootstrap.option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true);
            Keepalive.options(transport).forEach((option, value) -> option(bootstrap, option, value));
        }
        CompletableFuture<Channel> bound = new CompletableFuture<>();
        var binding = bootstrap.bind(address);
        binding.addListener(done -> {
            if (done.isSuccess()) {
                bound.complete(binding.channel());
            } else {
                bound.completeExceptionally(done.cause());
            }
        });
        return bound;
    }

    @SuppressWarnings("unchecked")
    private static <T> void option(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.childOption(option, (T) value);
    }

    private void accepted(Channel channel, boolean unix) {
        SqlError refusal = full() ? TOO_MANY_PENDING : frontend.admit();
        if (refusal == null) {
            greet(channel, unix);
        } else if (refusal.equals(TOO_MANY_PENDING) || !queue(channel, unix)) {
            refuse(channel, refusal);
        }
    }

    private boolean full() {
        return pending.get() >= settings.maxPending();
    }

    private boolean queue(Channel channel, boolean unix) {
        return new QueuedClient(channel, frontend.service(), new QueuedClient.Outcome() {
                    @Override
                    public void admitted() {
                        greet(channel, unix);
                    }

                    @Override
                    public void refused(SqlError error) {
                        refuse(channel, error);
                    }
                })
                .begin();
    }

    /** Begins the login of a client that has a place. */
    private void greet(Channel channel, boolean unix) {
        String address = unix ? "localhost" : Addresses.of(channel.remoteAddress());
        Protocol protocol = frontend.protocol(settings.protocol());
        if (protocol == null) {
            frontend.service().sessionClosed();
            refuse(channel, SqlError.general("protocol '" + settings.protocol() + "' is not available"));
            return;
        }
        pending.incrementAndGet();
        byte[] seed = seed();
        Greeting greeting;
        long id = reactor.ids().take();
        try {
            greeting = frontend.greeting(id, seed);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("listener '{}' cannot greet a client", settings.name(), e);
            reactor.ids().free(id);
            pending.decrementAndGet();
            frontend.service().sessionClosed();
            refuse(channel, SqlError.general("internal error"));
            return;
        }
        ClientLoginRequest request = new ClientLoginRequest(greeting, offered(greeting), tls != null);
        Client client = new Client(address, unix ? Transport.peerUid(channel) : null, unix);
        Accepted outcome = new Accepted(channel, greeting, client);
        LoginHandler handler = new LoginHandler(
                port -> new PendingLogin(
                        port, protocol.clientLogin(request), frontend.rules(settings.policy()), client, seed),
                outcome,
                reactor.background(),
                settings.protocol(),
                settings.loginTimeoutMillis(),
                tls == null ? null : new ClientTls(tls, address, unix));
        if (!settings.policy().proxies().isEmpty()) {
            handler.mayMove(settings.policy().proxies().believe(ProxyHeaderHandler.peer(channel)));
            channel.pipeline()
                    .addLast("proxy", new ProxyHeaderHandler(settings.policy().proxies(), outcome.told(handler)));
        }
        channel.pipeline().addLast("login", handler);
    }

    private long offered(Greeting greeting) {
        boolean files = settings.policy().permissions().localFiles();
        return files ? greeting.capabilities() : greeting.capabilities() & ~Capabilities.LOCAL_FILES;
    }

    private static void refuse(Channel channel, SqlError error) {
        byte[] framed = org.penstock.wire.PacketWriter.frame(0, SqlErrors.packet(error));
        channel.pipeline().addLast("closing", new Closing());
        channel.eventLoop().execute(() -> {
            channel.write(io.netty.buffer.Unpooled.wrappedBuffer(framed));
            Closing.gracefully(channel);
        });
    }

    private static byte[] seed() {
        byte[] seed = new byte[20];
        SecureRandom random = RANDOM.get();
        for (int i = 0; i < seed.length; i++) {
            // Printable and never zero, since clients read it as a string.
            seed[i] = (byte) (33 + random.nextInt(94));
        }
        return seed;
    }

    /** How a login ends. */
    private final class Accepted implements LoginHandler.Outcome {
        private final Channel channel;
        private final Greeting greeting;
        private Client client;
        private boolean counted = true;
        private boolean handedOver;

        Accepted(Channel channel, Greeting greeting, Client client) {
            this.channel = channel;
            this.greeting = greeting;
            this.client = client;
        }

        @Override
        public void accepted(LoginHandler handler, Identity identity) {
            leavePending();
            NettyClient side =
                    new NettyClient(channel, handler, settings, handler.secured() ? client.secured() : client);
            NettySession session = new NettySession(
                    reactor,
                    reactor.loops().of(channel.eventLoop()),
                    frontend,
                    side,
                    new NettySession.Start(identity, greeting, client.address()));
            handedOver = true;
            session.machine().state().replicates(settings.policy().permissions().replication());
            handler.session(session);
            session.begin();
        }

        @Override
        public void ended(@Nullable SqlError error) {
            leavePending();
            if (!handedOver) {
                handedOver = true;
                reactor.ids().free(greeting.connectionId());
                frontend.service().sessionClosed();
            }
            if (error != null) {
                LOG.debug("login on listener '{}' from {} refused: {}", settings.name(), client.address(), error);
            }
        }

        /** What follows when a PROXY header came first. */
        ProxyHeaderHandler.Outcome told(LoginHandler handler) {
            return new ProxyHeaderHandler.Outcome() {
                @Override
                public void header(ProxyHeader header) {
                    InetSocketAddress source = header.source();
                    if (source != null) {
                        Endpoints.tell(channel, header);
                        client = new Client(Addresses.of(source), null, false);
                        handler.moved(client);
                    }
                }

                @Override
                public void refused(SqlError error, String why) {
                    LOG.atLevel(headerWarning.due() ? Level.WARN : Level.DEBUG)
                            .log(
                                    "PROXY header on listener '{}' from {} refused: {}",
                                    settings.name(),
                                    client.address(),
                                    why);
                    handler.refused(error);
                }
            };
        }

        private void leavePending() {
            if (counted) {
                counted = false;
                pending.decrementAndGet();
            }
        }
    }
}
