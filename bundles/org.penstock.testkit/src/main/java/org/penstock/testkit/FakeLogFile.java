package org.penstock.testkit;

import java.util.ArrayList;
import java.util.List;
import org.penstock.api.session.LogSink;

/** A log file in memory, shared by its users as the core's are. */
public final class FakeLogFile {
    private final List<String> lines = new ArrayList<>();
    private int users;
    private boolean full;

    /** What the file holds, its header included. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Sinks that are open now. */
    public int users() {
        return users;
    }

    /** Whether further lines are dropped. */
    public void full(boolean value) {
        full = value;
    }

    /** Adds a line as an earlier process would have left it. */
    public void leave(String line) {
        lines.add(line);
    }

    LogSink open(LogSink.Options options) {
        if (users == 0 && !options.append()) {
            lines.clear();
        }
        if (lines.isEmpty() && !options.header().isEmpty()) {
            lines.add(options.header());
        }
        users++;
        return new Sink();
    }

    private final class Sink implements LogSink {
        private long dropped;
        private boolean closed;

        @Override
        public boolean write(String line) {
            if (closed) {
                throw new IllegalStateException("the sink is closed");
            }
            if (full) {
                dropped++;
                return false;
            }
            return lines.add(line);
        }

        @Override
        public long dropped() {
            return dropped;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                users--;
            }
        }
    }
}
