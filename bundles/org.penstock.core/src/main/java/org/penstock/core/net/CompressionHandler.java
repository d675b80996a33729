package org.penstock.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.penstock.wire.CodecException;
import org.penstock.wire.compress.ByteSink;
import org.penstock.wire.compress.CommandCompressor;
import org.penstock.wire.compress.ContinuedNumbers;
import org.penstock.wire.compress.Decompressor;
import org.penstock.wire.compress.ReplyCompressor;

/**
 * The compressed protocol on one channel, from behind its login to its end; frames on the side of the peer, plain packets on the side of the session.
 *
 * <p>What was read is decompressed no further than the session takes it: when that stops reading, the rest of the input waits here.
 */
final class CompressionHandler extends ChannelDuplexHandler {
    static final String NAME = "compression";

    /** Most bytes that are passed on at a time. */
    private static final int PART = 16 * 1024;

    private final Decompressor in = new Decompressor();
    private final @Nullable ReplyCompressor replies;
    private final @Nullable CommandCompressor commands;
    private final ContinuedNumbers numbers = new ContinuedNumbers();
    private final byte[] part = new byte[PART];

    /** Input that came while other input waited: the rest of one read. */
    private final Queue<byte[]> behind = new ArrayDeque<>(2);

    private boolean waiting;
    private boolean passing;
    private boolean closed;
    private long seen;

    private CompressionHandler(@Nullable ReplyCompressor replies, @Nullable CommandCompressor commands) {
        this.replies = replies;
        this.commands = commands;
    }

    static CompressionHandler towardsClient() {
        return new CompressionHandler(new ReplyCompressor(), null);
    }

    static CompressionHandler towardsServer() {
        return new CompressionHandler(null, new CommandCompressor());
    }

    /** Puts this handler and the successor in the place of the one that ends the login; bytes that came early pass through both. */
    void replace(ChannelPipeline pipeline, ChannelHandler login, String name, ChannelHandler successor) {
        pipeline.addAfter(pipeline.context(login).name(), name, successor);
        pipeline.replace(login, NAME, this);
    }

    // -- from the peer

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
        ByteBuf frames = (ByteBuf) message;
        byte[] bytes;
        try {
            bytes = ByteBufUtil.getBytes(frames);
        } finally {
            frames.release();
        }
        if (closed) {
            return;
        }
        if (waiting) {
            // Reading is off, but TLS gives one read in several records.
            behind.add(bytes);
        } else {
            feed(bytes);
            pass(context);
        }
    }

    private void feed(byte[] bytes) {
        in.feed(bytes, 0, bytes.length);
        waiting = true;
    }

    /** Passes on what is here, until the session wants no more. */
    private void pass(ChannelHandlerContext context) throws IOException {
        if (passing) {
            return;
        }
        passing = true;
        try {
            boolean more = true;
            while (more && waiting && !closed) {
                more = one(context) && context.channel().config().isAutoRead();
            }
        } finally {
            passing = false;
        }
    }

    private boolean one(ChannelHandlerContext context) throws IOException {
        int count = next();
        if (replies != null && in.frames() > seen) {
            seen = in.frames();
            replies.received(in.lastNumber());
        }
        if (count == 0) {
            waiting = false;
            byte[] more = behind.poll();
            if (more == null) {
                return false;
            }
            feed(more);
            return true;
        }
        if (replies != null) {
            numbers.pass(part, 0, count);
        }
        ByteBuf plain = context.alloc().buffer(count).writeBytes(part, 0, count);
        context.fireChannelRead(plain);
        return true;
    }

    /** What cannot be decompressed is a fault of the connection, as a lost one is. */
    private int next() throws IOException {
        try {
            return in.next(part);
        } catch (CodecException e) {
            closed = true;
            throw new IOException("compressed packets that cannot be read: " + e.getMessage(), e);
        }
    }

    /** What a server said before it closed is not lost; a client that has hung up wants nothing more. */
    @Override
    public void channelInactive(ChannelHandlerContext context) throws IOException {
        while (commands != null && waiting && !closed && !passing) {
            one(context);
        }
        context.fireChannelInactive();
    }

    /** The session reads on: first what waits here. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (waiting && !passing) {
            try {
                pass(context);
                context.fireChannelReadComplete();
            } catch (IOException e) {
                context.fireExceptionCaught(e);
            }
        }
        if (!waiting) {
            context.read();
        }
    }

    // -- to the peer

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf plain) || closed) {
            context.write(message, promise);
            return;
        }
        byte[] bytes;
        try {
            bytes = ByteBufUtil.getBytes(plain);
        } finally {
            plain.release();
        }
        boolean last = !promise.isVoid();
        send(
                context,
                sink -> {
                    if (commands != null) {
                        commands.write(bytes, 0, bytes.length, sink);
                    } else if (replies != null) {
                        replies.write(bytes, 0, bytes.length, sink);
                        if (last) {
                            replies.flush(sink);
                        }
                    }
                },
                promise);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (replies != null && !closed) {
            send(context, replies::flush, context.voidPromise());
        }
        context.flush();
    }

    /** Writes frames when all of them are made: what a write sets off may come back here. */
    private static void send(ChannelHandlerContext context, Consumer<ByteSink> frames, ChannelPromise promise) {
        ByteBuf made = context.alloc().buffer();
        try {
            frames.accept(made::writeBytes);
        } catch (RuntimeException e) {
            made.release();
            throw e;
        }
        if (made.isReadable() || !promise.isVoid()) {
            context.write(made, promise);
        } else {
            made.release();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        closed = true;
        waiting = false;
        behind.clear();
        in.close();
        if (replies != null) {
            replies.close();
        }
        if (commands != null) {
            commands.close();
        }
    }
}
