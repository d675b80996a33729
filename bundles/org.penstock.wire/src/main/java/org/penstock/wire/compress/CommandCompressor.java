package org.penstock.wire.compress;

/**
 * Packs what goes to a server into frames.
 *
 * <p>A server numbers the packets of its reply by the frames of the command, so they must be numbered as the packets are: each packet has frames of its own, the
 * first of which has its number, and of a large packet so many that the last has its number too. What is behind the packet's end would be taken for a part of
 * the same turn.
 */
public final class CommandCompressor implements AutoCloseable {
    private static final int PACKET_HEADER = 4;

    /** Numbers of frames, and how much of a packet is held back for as many frames of one byte. */
    private static final int NUMBERS = 256;

    private final FrameWriter frames = new FrameWriter();
    private final byte[] content = new byte[FrameWriter.MAX_CONTENT];
    private int filled;
    private int packetLeft;
    private boolean inside;
    private int number;
    private int written;

    /** Takes bytes of packets; frames go to the sink as soon as a packet, or enough of it, is here. */
    public void write(byte[] bytes, int from, int count, ByteSink sink) {
        int at = from;
        int end = from + count;
        while (at < end) {
            int wanted = inside ? packetLeft : PACKET_HEADER - filled;
            int step = Math.min(Math.min(wanted, end - at), content.length - filled);
            System.arraycopy(bytes, at, content, filled, step);
            at += step;
            filled += step;
            if (inside) {
                packetLeft -= step;
            } else if (filled == PACKET_HEADER) {
                inside = true;
                packetLeft = Frame.int3(content, 0);
                number = content[3] & 0xFF;
                written = 0;
            }
            if (inside && packetLeft == 0) {
                endPacket(sink);
            } else if (filled == content.length) {
                int kept = NUMBERS;
                frame(0, filled - kept, sink);
                System.arraycopy(content, filled - kept, content, 0, kept);
                filled = kept;
            }
        }
    }

    private void endPacket(ByteSink sink) {
        int more = written == 0 ? 1 : NUMBERS - (written - 1) % NUMBERS;
        int at = 0;
        for (; more > 1; more--) {
            frame(at++, 1, sink);
        }
        frame(at, filled - at, sink);
        filled = 0;
        inside = false;
    }

    private void frame(int from, int count, ByteSink sink) {
        frames.write(number + written++ & 0xFF, content, from, count, sink);
    }

    @Override
    public void close() {
        frames.close();
    }
}
