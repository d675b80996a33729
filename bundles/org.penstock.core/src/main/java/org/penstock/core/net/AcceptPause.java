package org.penstock.core.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a listening channel does when no client can be accepted, mostly for want of descriptors: it rests, and clients wait in the system's queue. */
final class AcceptPause extends ChannelInboundHandlerAdapter {
    /** How long nobody is accepted. */
    static final long PAUSE_MILLIS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(AcceptPause.class);

    private final String listener;

    AcceptPause(String listener) {
        this.listener = listener;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!context.channel().config().isAutoRead()) {
            return;
        }
        LOG.warn(
                "Listener '{}' cannot accept clients and rests for {} ms: {}; where files are meant, raise ulimit -n or LimitNOFILE",
                listener,
                PAUSE_MILLIS,
                String.valueOf(cause.getMessage()));
        context.channel().config().setAutoRead(false);
        context.executor()
                .schedule(() -> context.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
