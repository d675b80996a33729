package org.penstock.wire.compress;

import java.util.zip.Deflater;

/** Makes frames, compressed where that makes them shorter. */
final class FrameWriter implements AutoCloseable {
    /** Most bytes of packets in one frame. */
    static final int MAX_CONTENT = 64 * 1024;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final byte[] frame = new byte[Frame.HEADER + MAX_CONTENT];

    /** Gives a frame of at most {@link #MAX_CONTENT} bytes of content. */
    void write(int number, byte[] content, int from, int count, ByteSink sink) {
        int length = count < Frame.MIN_COMPRESSED ? 0 : deflate(content, from, count);
        boolean compressed = length > 0;
        if (!compressed) {
            System.arraycopy(content, from, frame, Frame.HEADER, count);
            length = count;
        }
        Frame.putInt3(frame, 0, length);
        frame[3] = (byte) number;
        Frame.putInt3(frame, 4, compressed ? count : 0);
        sink.take(frame, 0, Frame.HEADER + length);
    }

    /** Compresses behind the header; 0 when it does not get shorter. */
    private int deflate(byte[] content, int from, int count) {
        deflater.reset();
        deflater.setInput(content, from, count);
        deflater.finish();
        int made = deflater.deflate(frame, Frame.HEADER, count - 1);
        return deflater.finished() ? made : 0;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
