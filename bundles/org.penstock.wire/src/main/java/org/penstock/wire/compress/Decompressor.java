package org.penstock.wire.compress;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.penstock.wire.CodecException;

/**
 * Turns frames back into the bytes of packets, wherever the frames are cut. A frame is never collected: what it holds is given in parts of the caller's size, and
 * never more than the frame announced.
 */
public final class Decompressor implements AutoCloseable {
    private final Inflater inflater = new Inflater();
    private final byte[] header = new byte[Frame.HEADER];
    private byte[] input = new byte[0];
    private int at;
    private int end;
    private int headerFilled;
    private int left;
    private int announced;
    private int given;
    private int lastNumber;
    private long frames;

    /** Number of the last frame that began. */
    public int lastNumber() {
        return lastNumber;
    }

    /** Frames that have begun. */
    public long frames() {
        return frames;
    }

    /** More bytes of frames, to be left alone until {@link #next} has returned 0. */
    public void feed(byte[] bytes, int from, int count) {
        if (at < end) {
            throw new IllegalStateException("the former input is not used up");
        }
        input = bytes;
        at = from;
        end = from + count;
    }

    /**
     * The next bytes of packets.
     *
     * @return how many were put at the start of the array; 0 when more input is needed
     * @throws CodecException when a frame does not hold what it announced
     */
    public int next(byte[] out) {
        while (true) {
            if (headerFilled < Frame.HEADER) {
                if (at == end) {
                    return 0;
                }
                header[headerFilled++] = input[at++];
                if (headerFilled == Frame.HEADER) {
                    begin();
                }
            } else if (announced == 0) {
                return copy(out);
            } else {
                int made = inflate(out);
                if (inflater.finished()) {
                    finish();
                }
                if (made > 0 || !refill()) {
                    return made;
                }
            }
        }
    }

    private void begin() {
        left = Frame.int3(header, 0);
        lastNumber = header[3] & 0xFF;
        frames++;
        announced = Frame.int3(header, 4);
        given = 0;
        if (left == 0) {
            throw new CodecException("an empty compressed frame");
        }
    }

    private int copy(byte[] out) {
        int step = Math.min(Math.min(left, end - at), out.length);
        System.arraycopy(input, at, out, 0, step);
        at += step;
        left -= step;
        if (left == 0) {
            headerFilled = 0;
        }
        return step;
    }

    private int inflate(byte[] out) {
        int made;
        try {
            made = inflater.inflate(out);
        } catch (DataFormatException e) {
            throw new CodecException("a compressed frame that zlib cannot read: " + e.getMessage());
        }
        given += made;
        if (given > announced) {
            throw new CodecException("a compressed frame of more than the " + announced + " bytes that it announced");
        }
        return made;
    }

    /** Whether the frame goes on: with more input, or with the next frame. */
    private boolean refill() {
        if (headerFilled == 0) {
            return true;
        }
        if (left == 0 || inflater.needsDictionary()) {
            throw new CodecException("a compressed frame that ends before its content");
        }
        int step = Math.min(left, end - at);
        inflater.setInput(input, at, step);
        at += step;
        left -= step;
        return step > 0;
    }

    private void finish() {
        if (left > 0 || inflater.getRemaining() > 0 || given != announced) {
            throw new CodecException("a compressed frame of " + given + " bytes that announced " + announced
                    + (left > 0 ? ", with more behind it" : ""));
        }
        inflater.reset();
        headerFilled = 0;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
