package org.penstock.benchmarks.macro.relay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;

/**
 * A bare relay on native epoll: {@code HOST PORT THREADS}. It reads no protocol, allocates nothing of its own and has one handler for each
 * channel, so it shows what any proxy on Netty can reach. Prints {@code PORT number}.
 */
public final class RelayMain {
    static final int READ_BUFFER = 64 * 1024;

    private RelayMain() {}

    public static void main(String[] args) throws InterruptedException {
        InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Integer.parseInt(args[2]), new DefaultThreadFactory("relay-loop"), EpollIoHandler.newFactory());
        Channel listening = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BUFFER))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        client.pipeline().addLast(new ClientHandler(server));
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        System.out.println("PORT " + ((InetSocketAddress) listening.localAddress()).getPort());
        listening.closeFuture().sync();
    }
}
