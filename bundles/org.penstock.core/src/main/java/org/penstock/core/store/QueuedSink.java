package org.penstock.core.store;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.session.LogSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log file with the lines that wait for it. Any thread puts lines in; the writer's thread takes them out. */
final class QueuedSink {
    /** Most characters that wait in one sink. */
    static final long MAX_QUEUED_CHARS = 64L << 20;

    /** Characters that are written at once. */
    private static final int BATCH = 64 * 1024;

    /** Waiting lines at which the writer is woken before its time. */
    private static final int MANY = LogSink.MAX_QUEUED_LINES / 8;

    private static final Logger LOG = LoggerFactory.getLogger(QueuedSink.class);

    private final LogFile file;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong waitingChars = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final StringBuilder batch = new StringBuilder();
    private int batchLines;
    private volatile boolean failing;
    private long droppedBefore;
    private volatile boolean flush;
    private volatile boolean reopen;

    /** Uses that were not closed; guarded by the registry. */
    private int users;

    QueuedSink(LogFile file) {
        this.file = file;
    }

    void use(boolean flushEachLine) {
        users++;
        flush |= flushEachLine;
    }

    boolean endUse() {
        users--;
        return users == 0;
    }

    boolean isUnused() {
        return users == 0;
    }

    /** Queues a line; false when it was dropped. */
    boolean offer(String line) {
        int count = waiting.incrementAndGet();
        long chars = waitingChars.addAndGet(line.length());
        if (count > LogSink.MAX_QUEUED_LINES || chars > MAX_QUEUED_CHARS) {
            waiting.decrementAndGet();
            waitingChars.addAndGet(-line.length());
            dropped.increment();
            return false;
        }
        lines.add(line);
        return true;
    }

    /** Whether the writer should not wait for its next turn. */
    boolean isUrgent() {
        int now = waiting.get();
        return !failing && ((flush && now > 0) || now >= MANY);
    }

    boolean isEmpty() {
        return waiting.get() == 0;
    }

    long dropped() {
        return dropped.sum();
    }

    void reopen() {
        reopen = true;
    }

    /** Writes what waits. On the writer's thread. */
    void write() {
        try {
            if (reopen) {
                reopen = false;
                file.close();
            }
            if (!isEmpty()) {
                file.check();
            }
            while (fill()) {
                file.append(batch);
                batch.setLength(0);
                waiting.addAndGet(-batchLines);
                batchLines = 0;
            }
            succeeded();
        } catch (IOException | RuntimeException e) {
            file.close();
            failed(e);
        }
    }

    /** Ends the file; what could not be written is lost. */
    void close() {
        file.close();
        int lost = waiting.get();
        if (lost > 0) {
            dropped.add(lost);
            LOG.warn("Log file {} is closed without its last {} lines", file.path(), lost);
        }
    }

    /** Adds waiting lines to the batch; false when there is nothing to write. */
    private boolean fill() {
        while (batch.length() < BATCH) {
            String line = lines.poll();
            if (line == null) {
                break;
            }
            waitingChars.addAndGet(-line.length());
            batch.append(line).append('\n');
            batchLines++;
        }
        return batchLines > 0;
    }

    private void succeeded() {
        long lost = dropped.sum() - droppedBefore;
        droppedBefore += lost;
        if (failing) {
            failing = false;
            LOG.info("Log file {} is written again, {} lines were dropped", file.path(), lost);
        } else if (lost > 0) {
            LOG.warn("Log file {} is too slow: {} lines were dropped", file.path(), lost);
        }
    }

    private void failed(Exception reason) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "Log file {} cannot be written, lines wait and are then dropped: {}",
                    file.path(),
                    reason.toString());
        }
    }
}
