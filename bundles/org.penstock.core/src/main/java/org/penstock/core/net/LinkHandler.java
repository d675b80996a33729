package org.penstock.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.Link;

/** A server's channel in the command phase of one session. */
final class LinkHandler extends ChannelInboundHandlerAdapter {
    /** Name in the pipeline. */
    static final String NAME = "link";

    private final NettySession session;
    private final Link link;

    LinkHandler(NettySession session, Link link) {
        this.session = session;
        this.link = link;
    }

    /** What has changed while the server was logged in to was told to somebody else. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        session.machine().serverWritable(link, context.channel().isWritable());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        session.machine().serverData(link, new NettyBytes((ByteBuf) message));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        session.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        session.machine().serverWritable(link, context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.machine()
                .serverLost(
                        link,
                        new SqlError(
                                1927,
                                "08S01",
                                "Connection to server '" + link.server().name() + "' was lost"));
        session.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException || cause.getCause() instanceof IOException)) {
            session.failed(cause);
        }
        context.close();
    }
}
