package org.penstock.wire.compress;

/** Packs what goes to a client into frames, many packets into one; their numbers go on from those of the client. */
public final class ReplyCompressor implements AutoCloseable {
    private final FrameWriter frames = new FrameWriter();
    private final byte[] content = new byte[FrameWriter.MAX_CONTENT];
    private int filled;
    private int next;

    /** The client has sent a frame with this number. */
    public void received(int number) {
        next = number + 1 & 0xFF;
    }

    /** Takes bytes of packets; full frames go to the sink. */
    public void write(byte[] bytes, int from, int count, ByteSink sink) {
        int at = from;
        int end = from + count;
        while (at < end) {
            int step = Math.min(end - at, content.length - filled);
            System.arraycopy(bytes, at, content, filled, step);
            at += step;
            filled += step;
            if (filled == content.length) {
                flush(sink);
            }
        }
    }

    /** Gives a frame of what is left. */
    public void flush(ByteSink sink) {
        if (filled > 0) {
            int count = filled;
            int number = next;
            filled = 0;
            next = next + 1 & 0xFF;
            frames.write(number, content, 0, count, sink);
        }
    }

    @Override
    public void close() {
        frames.close();
    }
}
