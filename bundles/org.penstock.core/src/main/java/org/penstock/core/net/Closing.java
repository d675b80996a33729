package org.penstock.core.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The end of a client's connection: what was written goes out, then the output is shut, and what the client still sends is dropped until it hangs up. A plain
 * close would make the client's system throw the last words away when the client writes once more.
 */
final class Closing extends ChannelInboundHandlerAdapter {
    /** How long a client may take to hang up. */
    private static final long LINGER_SECONDS = 2;

    /** How long a client may take to read what was written before. */
    private static final long UNREAD_SECONDS = 30;

    static void gracefully(Channel channel) {
        if (!channel.isActive()) {
            channel.close();
            return;
        }
        if (channel.pipeline().get(Closing.class) == null) {
            channel.pipeline().addFirst("closing", new Closing());
        }
        channel.config().setAutoRead(true);
        closeWithin(channel, UNREAD_SECONDS);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
                closeWithin(channel, LINGER_SECONDS);
            } else {
                channel.close();
            }
        });
    }

    private static void closeWithin(Channel channel, long seconds) {
        var limit = channel.eventLoop().schedule(() -> channel.close(), seconds, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> limit.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }
}
