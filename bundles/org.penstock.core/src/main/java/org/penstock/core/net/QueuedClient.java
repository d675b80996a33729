package org.penstock.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.service.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that waits in silence for a place in its service: behind those who came before, until its time is over or it hangs up. */
final class QueuedClient extends ChannelInboundHandlerAdapter implements Service.Waiter {
    private static final Logger LOG = LoggerFactory.getLogger(QueuedClient.class);

    /** Most bytes of a client that has not been greeted: there may be a PROXY header, no more. */
    private static final int MAX_EARLY = 4096;

    private final Channel channel;
    private final Service service;
    private final Outcome outcome;
    private final ByteBuf early = Unpooled.buffer(0, MAX_EARLY);
    private @Nullable ScheduledFuture<?> timer;
    private boolean over;

    /** What follows the wait, on the loop. */
    interface Outcome {
        /** There is a place; it is taken. */
        void admitted();

        void refused(SqlError error);
    }

    QueuedClient(Channel channel, Service service, Outcome outcome) {
        this.channel = channel;
        this.service = service;
        this.outcome = outcome;
    }

    /** Starts to wait; false when the queue is full. */
    boolean begin() {
        Duration limit = service.settings().limits().queueTimeout();
        channel.pipeline().addLast("queued", this);
        if (!service.tryWait(this)) {
            over = true;
            channel.pipeline().remove(this);
            return false;
        }
        if (!limit.isZero()) {
            timer = channel.eventLoop().schedule(() -> expired(limit), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private void expired(Duration limit) {
        if (!over && service.gaveUp(this)) {
            end(() -> outcome.refused(new SqlError(
                    1040,
                    "08004",
                    "Too many connections: no place within " + limit.toMillis() + " ms (queued_connection_timeout)")));
        }
    }

    @Override
    public void admitted() {
        channel.eventLoop().execute(() -> {
            if (over) {
                service.sessionClosed();
            } else {
                end(outcome::admitted);
            }
        });
    }

    private void end(Runnable next) {
        over = true;
        ScheduledFuture<?> pending = timer;
        if (pending != null) {
            pending.cancel(false);
        }
        ByteBuf held = early;
        channel.pipeline().remove(this);
        try {
            next.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("a client that had waited cannot be served", e);
            channel.close();
        }
        if (held.isReadable()) {
            channel.pipeline().fireChannelRead(held);
            channel.pipeline().fireChannelReadComplete();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!over && early.readableBytes() + bytes.readableBytes() <= MAX_EARLY) {
                early.writeBytes(bytes);
            } else {
                context.close();
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!over) {
            over = true;
            // When it was admitted meanwhile, that finds it gone.
            service.gaveUp(this);
            ScheduledFuture<?> pending = timer;
            if (pending != null) {
                pending.cancel(false);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
