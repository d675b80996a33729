package org.penstock.servers;

import java.util.concurrent.TimeUnit;

/** Bytes written so far, told at most once a second. */
final class UnpackProgress {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final Progress progress;
    private final long total;
    private long done;
    private long reported = System.nanoTime();

    UnpackProgress(Progress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    void add(long bytes) {
        done += bytes;
        long now = System.nanoTime();
        if (now - reported >= INTERVAL) {
            reported = now;
            progress.report("  " + ArchiveFetch.megabytes(done) + " of " + ArchiveFetch.megabytes(total) + " MB");
        }
    }
}
