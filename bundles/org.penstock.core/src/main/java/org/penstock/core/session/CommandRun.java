package org.penstock.core.session;

import org.jspecify.annotations.Nullable;

/** The part of the client's current chunk that is to be forwarded: adjacent commands to one server leave as one slice, a whole chunk as it came. */
final class CommandRun {
    private final SessionMachine machine;
    private @Nullable Link link;
    private int start;
    private int end;

    CommandRun(SessionMachine machine) {
        this.machine = machine;
    }

    /** Adds a part of a chunk; what was to go elsewhere, or lies apart, leaves first. */
    void add(@Nullable Bytes chunk, Link to, int from, int upTo) {
        if (link != to || end != from) {
            flush(chunk);
            link = to;
            start = from;
        }
        end = upTo;
    }

    /** Sends what is to be forwarded of a chunk that is still needed. */
    void flush(@Nullable Bytes chunk) {
        Link to = link;
        if (to != null && chunk != null) {
            link = null;
            machine.port().toServer(to, chunk.slice(start, end - start));
        }
    }

    /** Sends what is to be forwarded of a chunk that is used up, and lets go of it. */
    void end(Bytes chunk) {
        if (link != null && start == 0 && end == chunk.length()) {
            Link to = link;
            link = null;
            machine.port().toServer(to, chunk);
        } else {
            flush(chunk);
            chunk.release();
        }
    }

    /** What was for that server goes nowhere. */
    void lost(Link gone) {
        if (link == gone) {
            link = null;
        }
    }

    void clear() {
        link = null;
    }
}
