package org.penstock.benchmarks.macro.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;

/** The client's side: connects to the server on the same loop, then pumps. */
final class ClientHandler extends PumpHandler {
    private final InetSocketAddress server;

    ClientHandler(InetSocketAddress server) {
        this.server = server;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Channel client = context.channel();
        PumpHandler back = new PumpHandler();
        back.connect(client);
        new Bootstrap()
                .group(client.eventLoop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RelayMain.READ_BUFFER))
                .handler(back)
                .connect(server)
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        connect(connected.channel());
                        client.config().setAutoRead(true);
                    } else {
                        client.close();
                    }
                });
    }
}
