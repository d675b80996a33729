package org.penstock.benchmarks.macro.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one channel reads to the other one on the same loop, flushes once for each read, and stops reading while the other cannot be
 * written to.
 */
class PumpHandler extends ChannelInboundHandlerAdapter {
    private @Nullable Channel peer;

    void connect(Channel other) {
        peer = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (peer == null) {
            ReferenceCountUtil.release(bytes);
        } else {
            peer.write(bytes, peer.voidPromise());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (peer != null) {
            peer.flush();
            if (!peer.isWritable()) {
                context.channel().config().setAutoRead(false);
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (peer != null && context.channel().isWritable()) {
            peer.config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (peer != null) {
            peer.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
