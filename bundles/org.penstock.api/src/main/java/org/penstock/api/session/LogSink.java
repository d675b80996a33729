package org.penstock.api.session;

import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.AnyThread;

/** A text file to which lines are appended by a thread of the core: bounded, never blocking, surviving rotation and a full disk. */
@ProviderType
@AnyThread
public interface LogSink {
    /**
     * How a sink treats its file.
     *
     * @param append whether an existing file is continued instead of truncated
     * @param flush whether every line is forced out at once instead of once a second
     * @param header line written into a new or truncated file; empty for none
     */
    record Options(boolean append, boolean flush, String header) {}

    /** Lines that may wait for the disk in one sink; further ones are dropped and counted. */
    int MAX_QUEUED_LINES = 16_384;

    /** Queues one line, without its line break. Returns false when it was dropped. */
    boolean write(String line);

    /** Lines dropped since the sink was opened. */
    long dropped();

    /** Gives up this use of the sink; the file is closed after its last user. */
    void close();
}
