package org.penstock.core.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.core.net.tls.TlsContext;
import org.penstock.core.net.tls.TlsRoom;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;

/** Opens connections to servers. Safe on any thread. */
final class Dialer {
    /** Threads that look up names of servers, since that blocks. */
    private static final int RESOLVERS = 2;

    private final Transport transport;
    private final TlsRoom tls;
    private final Background lookUps = new Background(RESOLVERS);
    private final HostAddresses addresses;
    private volatile WriteBufferWaterMark waterMark = WriteBufferWaterMark.DEFAULT;
    private volatile @Nullable InetAddress localAddress;

    Dialer(Transport transport, TlsRoom tls) {
        this(transport, tls, InetAddress::getAllByName);
    }

    Dialer(Transport transport, TlsRoom tls, HostAddresses.LookUp names) {
        this.transport = transport;
        this.tls = tls;
        this.addresses = new HostAddresses(lookUps::execute, names, System::nanoTime);
    }

    void close() {
        lookUps.close();
    }

    void waterMark(WriteBufferWaterMark mark) {
        waterMark = mark;
    }

    /** Where connections come from; null for the system's choice. */
    void localAddress(@Nullable InetAddress address) {
        localAddress = address;
    }

    HostAddresses addresses() {
        return addresses;
    }

    SocketAddress unixAddress(String path) {
        return transport.unixAddress(path);
    }

    /** Makes the login to a server with the settings that it has when the connection's turn comes; called on the loop. */
    @FunctionalInterface
    interface Opening {
        ServerLogin login(ServerSettings settings);
    }

    /**
     * Connects and logs in.
     *
     * @param loop on which the channel lives
     * @param outcome called on that loop; at once when called there and too many wait, or the login cannot be made
     * @return the connection on its way
     */
    Dial dial(EventLoop loop, Server server, Opening opening, long timeoutMillis, ServerLoginHandler.Outcome outcome) {
        Dial dial = new Dial(this, loop, server, opening, timeoutMillis, outcome);
        if (loop.inEventLoop()) {
            dial.begin();
        } else {
            loop.execute(dial::begin);
        }
        return dial;
    }

    /** TLS towards a server with these settings; completes on any thread. */
    CompletionStage<TlsContext> tls(ServerSettings settings) {
        return tls.server(settings.name(), settings.tls());
    }

    /** Opens a channel without a handler. */
    ChannelFuture connect(EventLoop loop, SocketAddress address, long timeoutMillis) {
        boolean unix = address instanceof DomainSocketAddress || address instanceof UnixDomainSocketAddress;
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.channel(unix))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(timeoutMillis, Integer.MAX_VALUE))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // The login is added when the connection is there.
                    }
                });
        InetAddress local = localAddress;
        if (unix) {
            return bootstrap.connect(address);
        }
        for (Map.Entry<ChannelOption<?>, Object> option :
                Keepalive.options(transport).entrySet()) {
            option(bootstrap, option.getKey(), option.getValue());
        }
        return local == null ? bootstrap.connect(address) : bootstrap.connect(address, new InetSocketAddress(local, 0));
    }

    @SuppressWarnings("unchecked")
    private static <T> void option(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }
}
