package org.penstock.shell.console;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The way of frames to the client: a bounded queue, written by a thread of its own.
 *
 * <p>A command is cancelled by an interrupt, and an interrupted thread that writes to the channel would close it. So commands only queue, and wait
 * while the client does not read.
 */
final class FrameWriter implements Runnable {
    /** Bytes of one frame of output. */
    static final int MAX_FRAME = 64 * 1024;

    /** Frames that wait for the client. */
    private static final int MAX_QUEUE = 16;

    /** An empty frame ends the thread. */
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final WritableByteChannel channel;
    private final BlockingQueue<ByteBuffer> queue = new ArrayBlockingQueue<>(MAX_QUEUE);
    private volatile boolean broken;

    FrameWriter(WritableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public void run() {
        try {
            while (true) {
                ByteBuffer frame = queue.take();
                if (!frame.hasRemaining()) {
                    return;
                }
                while (frame.hasRemaining()) {
                    channel.write(frame);
                }
            }
        } catch (IOException | InterruptedException e) {
            // The client is gone; its reader sees that too and ends the session.
        } finally {
            broken = true;
            queue.clear();
        }
    }

    /** Output of a command, under {@code OUT} or {@code ERR}. */
    void output(String kind, byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int size = Math.min(MAX_FRAME, length - done);
            byte[] header = (kind + " " + size + "\n").getBytes(StandardCharsets.US_ASCII);
            ByteBuffer frame = ByteBuffer.allocate(header.length + size);
            frame.put(header).put(bytes, offset + done, size).flip();
            put(frame);
            done += size;
        }
    }

    void exit(int status) throws IOException {
        put(StandardCharsets.US_ASCII.encode("EXIT " + status + "\n"));
    }

    void candidates(List<String> candidates) throws IOException {
        StringBuilder text = new StringBuilder("CANDIDATES " + candidates.size() + "\n");
        for (String candidate : candidates) {
            text.append(Base64.getEncoder().encodeToString(candidate.getBytes(StandardCharsets.UTF_8)))
                    .append('\n');
        }
        put(StandardCharsets.US_ASCII.encode(text.toString()));
    }

    /** Ends the thread when what is queued has been written. */
    void end() {
        try {
            put(END);
        } catch (IOException e) {
            broken = true;
        }
    }

    private void put(ByteBuffer frame) throws IOException {
        try {
            while (!queue.offer(frame, 100, TimeUnit.MILLISECONDS)) {
                if (broken) {
                    throw new IOException("the client is gone");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("cancelled");
        }
        if (broken) {
            queue.clear();
            throw new IOException("the client is gone");
        }
    }
}
