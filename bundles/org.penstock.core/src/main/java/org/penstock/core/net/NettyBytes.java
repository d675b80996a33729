package org.penstock.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.penstock.core.session.ArrayBytes;
import org.penstock.core.session.Bytes;

/** Bytes of a Netty buffer; holds one reference to it. */
final class NettyBytes implements Bytes {
    private final ByteBuf buffer;
    private final int start;
    private final int length;

    /** Takes over the caller's reference. */
    NettyBytes(ByteBuf buffer) {
        this.buffer = buffer;
        this.start = buffer.readerIndex();
        this.length = buffer.readableBytes();
    }

    /** The bytes as a buffer whose reference the caller takes over. */
    static ByteBuf buffer(Bytes bytes) {
        if (bytes instanceof NettyBytes netty) {
            return netty.buffer;
        }
        if (bytes instanceof ArrayBytes array) {
            return Unpooled.wrappedBuffer(array.array(), array.offset(), array.length());
        }
        byte[] copy = new byte[bytes.length()];
        bytes.copy(0, copy, 0, copy.length);
        bytes.release();
        return Unpooled.wrappedBuffer(copy);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte at(int index) {
        return buffer.getByte(start + index);
    }

    @Override
    public int intAt(int index) {
        return buffer.getIntLE(start + index);
    }

    @Override
    public void copy(int from, byte[] target, int offset, int count) {
        buffer.getBytes(start + from, target, offset, count);
    }

    @Override
    public void putInt(int index, int value) {
        buffer.setIntLE(start + index, value);
    }

    @Override
    public Bytes slice(int from, int count) {
        return new NettyBytes(buffer.retainedSlice(start + from, count));
    }

    @Override
    public void release() {
        buffer.release();
    }
}
