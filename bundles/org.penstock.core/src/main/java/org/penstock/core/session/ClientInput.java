package org.penstock.core.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The client's bytes that wait to be looked at: the chunk at hand with the position in it, and those behind it. */
final class ClientInput {
    private final CommandRun run;
    private final ArrayDeque<Bytes> backlog = new ArrayDeque<>(4);
    private @Nullable Bytes current;
    private @Nullable Gathering gathering;

    /** Where in {@link #bytes()} the next byte is. */
    int pos;

    ClientInput(CommandRun run) {
        this.run = run;
    }

    boolean isEmpty() {
        return current == null && backlog.isEmpty();
    }

    void receive(Bytes chunk) {
        backlog.add(chunk);
    }

    /** Brings the next bytes to hand; false when there are none, or not yet as many as were wanted. */
    boolean ensure() {
        if (gathering != null && !gatherMore(gathering)) {
            return false;
        }
        Bytes chunk = current;
        if (chunk != null && pos < chunk.length()) {
            return true;
        }
        end();
        current = backlog.poll();
        pos = 0;
        return current != null;
    }

    /** The chunk at hand. */
    Bytes bytes() {
        Bytes chunk = current;
        if (chunk == null) {
            throw new IllegalStateException("no input");
        }
        return chunk;
    }

    /** The length that the packet header at the position announces. */
    int length() {
        Bytes chunk = bytes();
        return chunk.unsignedAt(pos) | chunk.unsignedAt(pos + 1) << 8 | chunk.unsignedAt(pos + 2) << 16;
    }

    /** Nothing more is looked at for now: what is to be forwarded leaves, and a chunk that is used up is let go. */
    void pause() {
        Bytes chunk = current;
        if (chunk != null && pos == chunk.length()) {
            end();
        } else {
            flush();
        }
    }

    /** Sends what is to be forwarded of the chunk at hand. */
    void flush() {
        run.flush(current);
    }

    private void end() {
        Bytes ended = current;
        if (ended != null) {
            current = null;
            run.end(ended);
        }
    }

    /** From the position on this many bytes are wanted in one piece; always true. */
    boolean gather(int wanted) {
        Bytes chunk = bytes();
        flush();
        Gathering begun = new Gathering(wanted);
        begun.take(chunk, pos);
        current = null;
        pos = 0;
        gathering = begun;
        chunk.release();
        return true;
    }

    private boolean gatherMore(Gathering begun) {
        while (!begun.full()) {
            Bytes next = backlog.poll();
            if (next == null) {
                return false;
            }
            int count = begun.take(next, 0);
            if (count < next.length()) {
                backlog.addFirst(next.slice(count, next.length() - count));
            }
            next.release();
        }
        gathering = null;
        current = begun.bytes();
        pos = 0;
        return true;
    }

    /** Drops everything that was not passed on. */
    void close() {
        Bytes chunk = current;
        current = null;
        run.clear();
        gathering = null;
        if (chunk != null) {
            chunk.release();
        }
        for (Bytes waiting = backlog.poll(); waiting != null; waiting = backlog.poll()) {
            waiting.release();
        }
    }
}
