package org.penstock.core.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.core.net.tls.TlsContext;
import org.penstock.core.net.tls.TlsRoom;
import org.penstock.core.server.Server;

/** Opens connections to servers; at most so many logins to one server are under way at a time, further ones wait their turn. Safe on any thread. */
final class Dialer {
    /** Logins to one server that may be under way. */
    static final int MAX_IN_FLIGHT = 128;

    /** Logins that may wait for one server; further ones fail. */
    static final int MAX_WAITING = 65_536;

    /** Threads that look up names of servers, since that blocks. */
    private static final int RESOLVERS = 2;

    private final Transport transport;
    private final TlsRoom tls;
    private final Background lookUps = new Background(RESOLVERS);
    private final HostResolver resolver = new HostResolver(lookUps::execute, InetAddress::getAllByName);
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private volatile WriteBufferWaterMark waterMark = WriteBufferWaterMark.DEFAULT;

    Dialer(Transport transport, TlsRoom tls) {
        this.transport = transport;
        this.tls = tls;
    }

    void close() {
        lookUps.close();
        resolver.close();
    }

    void waterMark(WriteBufferWaterMark mark) {
        waterMark = mark;
    }

    /** Bounds the logins to one server. */
    private static final class Gate {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int inFlight;

        /** Runs the task now or when its turn comes; false when too many wait. */
        boolean enter(Runnable task) {
            synchronized (this) {
                if (inFlight >= MAX_IN_FLIGHT) {
                    return waiting.size() < MAX_WAITING && waiting.add(task);
                }
                inFlight++;
            }
            task.run();
            return true;
        }

        void leave() {
            Runnable next;
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    inFlight--;
                }
            }
            if (next != null) {
                next.run();
            }
        }
    }

    /**
     * Connects and logs in.
     *
     * @param loop on which the channel lives
     * @param outcome called on that loop
     */
    void dial(
            EventLoop loop, Server server, ServerLogin login, long timeoutMillis, ServerLoginHandler.Outcome outcome) {
        if (!server.settings().tls().enabled()) {
            dial(loop, server, login, timeoutMillis, outcome, null);
            return;
        }
        tls.server(server).whenComplete((context, failure) -> {
            if (context != null) {
                dial(loop, server, login, timeoutMillis, outcome, context);
            } else {
                SqlError error = ServerTls.failure(server.name(), TlsRoom.reason(failure));
                loop.execute(() -> outcome.failed(error));
            }
        });
    }

    private void dial(
            EventLoop loop,
            Server server,
            ServerLogin login,
            long timeoutMillis,
            ServerLoginHandler.Outcome outcome,
            @Nullable TlsContext encryption) {
        Gate gate = gates.computeIfAbsent(server.name(), name -> new Gate());
        ServerLoginHandler.Outcome gated = new ServerLoginHandler.Outcome() {
            @Override
            public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
                gate.leave();
                return outcome.ready(ready, channel);
            }

            @Override
            public void installed(ServerLoginStep.Ready ready, Channel channel) {
                outcome.installed(ready, channel);
            }

            @Override
            public void failed(SqlError error) {
                gate.leave();
                outcome.failed(error);
            }
        };
        ServerTls secured = encryption == null
                ? null
                : new ServerTls(encryption, server.name(), server.settings().address(), server.port());
        ServerLoginHandler handler = new ServerLoginHandler(login, gated, server.name(), timeoutMillis, secured);
        boolean admitted = gate.enter(() -> {
            if (loop.inEventLoop()) {
                connect(loop, server, handler);
            } else {
                loop.execute(() -> connect(loop, server, handler));
            }
        });
        if (!admitted) {
            SqlError refusal =
                    new SqlError(1040, "08004", "Too many connections wait for server '" + server.name() + "'");
            loop.execute(() -> outcome.failed(refusal));
        }
    }

    private void connect(EventLoop loop, Server server, ServerLoginHandler login) {
        boolean unix = !server.settings().socket().isEmpty();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.channel(unix))
                .resolver(resolver)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(login.timeoutMillis(), Integer.MAX_VALUE))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast("login", login);
                    }
                });
        if (!unix) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
        }
        SocketAddress address = unix
                ? transport.unixAddress(server.settings().socket())
                : InetSocketAddress.createUnresolved(server.settings().address(), server.port());
        ChannelFuture connecting = bootstrap.connect(address);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                login.unreachable(new SqlError(
                        2003,
                        "08S01",
                        "Can't connect to server '" + server.name() + "' at " + server.address() + ":" + server.port()
                                + ": " + String.valueOf(done.cause().getMessage())));
            }
        });
    }
}
