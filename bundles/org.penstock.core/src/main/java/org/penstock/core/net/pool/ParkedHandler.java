package org.penstock.core.net.pool;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.core.server.PoolFigures.Discard;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;

/**
 * A connection in the pool: first it is reset, so that locks, transactions and temporary tables end as they would with the connection; then it is idle until
 * a session takes it or the server has enough of it.
 */
final class ParkedHandler extends ByteToMessageDecoder {
    /** Name in the pipeline. */
    static final String NAME = "parked";

    /** How long a server may take to reset a connection. */
    static final long RESET_MILLIS = 10_000;

    private static final int HEADER = 4;

    /** Most payload bytes of the answer to a reset. */
    private static final int MAX_ANSWER = 4096;

    private static final int OK = 0;
    private static final int ERROR = 0xFF;

    /** The error of a server that knows no roles. */
    private static final int SYNTAX_ERROR = 1064;

    /** The reset, then what it leaves out: MariaDB keeps the role, through COM_CHANGE_USER too unless the account has a default role. */
    private static final byte[] RESET = PacketWriter.frame(0, new byte[] {(byte) CommandType.RESET_CONNECTION});

    private static final byte[] NO_ROLE = PacketWriter.frame(
            0,
            new PacketWriter()
                    .writeByte(CommandType.QUERY)
                    .writeBytes("SET ROLE NONE".getBytes(StandardCharsets.US_ASCII))
                    .toByteArray());

    private final LoopPool pool;
    private final PooledConnection connection;
    private final long parkedNanos;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean connectionReset;
    private boolean reset;
    private boolean over;

    ParkedHandler(LoopPool pool, PooledConnection connection, long nowNanos) {
        this.pool = pool;
        this.connection = connection;
        this.parkedNanos = nowNanos;
    }

    PooledConnection connection() {
        return connection;
    }

    long parkedNanos() {
        return parkedNanos;
    }

    /** Whether a session may take it. */
    boolean idle() {
        return reset && !over;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timeout = context.executor().schedule(() -> leave(Discard.RESET), RESET_MILLIS, TimeUnit.MILLISECONDS);
        context.channel().config().setAutoRead(true);
        context.writeAndFlush(Unpooled.wrappedBuffer(RESET, NO_ROLE));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (over || reset) {
            // A server that speaks unasked says farewell; what comes once a session has the connection is not read
            // here.
            if (!over) {
                in.skipBytes(in.readableBytes());
                leave(Discard.SERVER);
            }
            return;
        }
        if (in.readableBytes() < HEADER) {
            return;
        }
        int start = in.readerIndex();
        int length = in.getUnsignedMediumLE(start);
        if (length == 0 || length > MAX_ANSWER || in.getUnsignedByte(start + HEADER - 1) != 1) {
            refused(in);
        } else if (in.readableBytes() >= HEADER + length) {
            answer(in, in.getUnsignedByte(start + HEADER), length);
        }
    }

    private void answer(ByteBuf in, int first, int length) {
        boolean withoutRoles = connectionReset
                && first == ERROR
                && length > 2
                && in.getUnsignedShortLE(in.readerIndex() + HEADER + 1) == SYNTAX_ERROR;
        if (first != OK && !withoutRoles) {
            refused(in);
            return;
        }
        in.skipBytes(HEADER + length);
        if (connectionReset) {
            cancelTimeout();
            reset = true;
        }
        connectionReset = true;
    }

    private void refused(ByteBuf in) {
        in.skipBytes(in.readableBytes());
        leave(Discard.RESET);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leave(Discard.SERVER);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        leave(Discard.SERVER);
    }

    private void leave(Discard reason) {
        if (!over) {
            pool.discard(this, reason);
        }
    }

    /** The pool lets go of it: a session takes it, or it is closed. */
    void end() {
        over = true;
        cancelTimeout();
    }

    private void cancelTimeout() {
        ScheduledFuture<?> pending = timeout;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
