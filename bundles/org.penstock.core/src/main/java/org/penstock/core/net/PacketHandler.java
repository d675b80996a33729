package org.penstock.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.penstock.wire.PacketWriter;

/** Frames whole packets, up to a limit: for logins and for questions of the core, where nothing is streamed. */
abstract class PacketHandler extends ByteToMessageDecoder {
    private static final int HEADER = 4;

    private final int maxPayload;
    private int sequence;

    PacketHandler(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    /** One packet; the buffer is borrowed. */
    abstract void packet(ChannelHandlerContext context, byte[] payload);

    /** What stands behind a packet that has been handled; a handler that makes way for TLS takes it out. */
    void rest(ChannelHandlerContext context, ByteBuf in) {}

    /** Whether bytes are left for the successor. */
    boolean paused() {
        return false;
    }

    /** The peer broke the rules of the protocol; nothing more is read. */
    abstract void broken(ChannelHandlerContext context, String what);

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (paused() || in.readableBytes() < HEADER) {
            return;
        }
        int start = in.readerIndex();
        int length = in.getUnsignedMediumLE(start);
        if (length > maxPayload) {
            in.skipBytes(in.readableBytes());
            broken(context, "a packet of " + length + " bytes, expected at most " + maxPayload);
            return;
        }
        if (in.readableBytes() < HEADER + length) {
            return;
        }
        int received = in.getUnsignedByte(start + 3);
        byte[] payload = new byte[length];
        in.getBytes(start + HEADER, payload);
        in.skipBytes(HEADER + length);
        if (received != (sequence & 0xFF)) {
            in.skipBytes(in.readableBytes());
            broken(context, "a packet with sequence number " + received + ", expected " + (sequence & 0xFF));
            return;
        }
        sequence = received + 1;
        packet(context, payload);
        rest(context, in);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (paused()) {
            // The decoder would ask for more although reading is off.
            context.fireChannelReadComplete();
        } else {
            super.channelReadComplete(context);
        }
    }

    /** The number of the next packet in either direction. */
    int sequence() {
        return sequence;
    }

    void sequence(int next) {
        sequence = next;
    }

    /** Writes a payload with the next sequence number and flushes. */
    void send(ChannelHandlerContext context, byte[] payload) {
        byte[] framed = PacketWriter.frame(sequence, payload);
        sequence += PacketWriter.packets(payload.length);
        context.writeAndFlush(Unpooled.wrappedBuffer(framed), context.voidPromise());
    }
}
