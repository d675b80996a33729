package org.penstock.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's channel in the command phase: turns what Netty says into events of the session. */
final class SessionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);

    private final NettySession session;

    SessionHandler(NettySession session) {
        this.session = session;
    }

    /** What has changed while the client logged in was told to somebody else. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            session.clientWritabilityChanged(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        session.touched();
        session.machine().clientData(new NettyBytes((ByteBuf) message));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        session.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        session.clientWritabilityChanged(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.machine().clientClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException || cause.getCause() instanceof IOException)) {
            session.failed(cause);
        }
        LOG.debug("session {}: connection of the client failed: {}", session.id(), cause.toString());
        context.close();
    }
}
