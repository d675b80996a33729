package org.penstock.core.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.session.LogSink;
import org.penstock.core.global.Global;

/** All log files of modules, shared by path, and the one thread that writes them. Run for SIGUSR1, it opens the files anew. */
@Component(
        service = {LogSinks.class, Runnable.class},
        property = "penstock.signal=USR1")
@AnyThread
public final class LogSinks implements Runnable {
    /** How long lines may wait for the disk. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long the end waits for the last lines. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private final Supplier<Path> directory;
    private final Map<Path, QueuedSink> sinks = new HashMap<>();
    private final Thread writer;
    private volatile boolean stopping;
    private volatile boolean woken;

    @Activate
    public LogSinks(@Reference Global global) {
        this(global::log);
    }

    LogSinks(Supplier<Path> directory) {
        this.directory = directory;
        this.writer = new Thread(this::writeAll, "penstock-log-writer");
        writer.setDaemon(true);
        writer.start();
    }

    /** A use of the file; a relative path is below the log directory. The first use decides on truncation and header. */
    public synchronized LogSink open(Path file, LogSink.Options options) {
        Path path = directory.get().resolve(file).toAbsolutePath().normalize();
        QueuedSink sink = sinks.computeIfAbsent(
                path, key -> new QueuedSink(new LogFile(key, options.append(), options.header())));
        sink.use(options.flush());
        return new Use(sink);
    }

    /** Opens all files anew, after they were moved away. */
    public synchronized void rotate() {
        sinks.values().forEach(QueuedSink::reopen);
        wake();
    }

    @Override
    public void run() {
        rotate();
    }

    /** Writes what waits, for at most two seconds, and closes all files. */
    @Deactivate
    public void close() throws InterruptedException {
        stopping = true;
        wake();
        writer.join(LAST.toMillis());
    }

    private void wake() {
        woken = true;
        LockSupport.unpark(writer);
    }

    private void writeAll() {
        while (!stopping) {
            if (!woken) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            woken = false;
            writeOnce();
        }
        writeOnce();
        synchronized (this) {
            sinks.values().forEach(QueuedSink::close);
            sinks.clear();
        }
    }

    private void writeOnce() {
        List<QueuedSink> now;
        synchronized (this) {
            now = new ArrayList<>(sinks.values());
        }
        now.forEach(QueuedSink::write);
        synchronized (this) {
            sinks.values().removeIf(LogSinks::ended);
        }
    }

    private static boolean ended(QueuedSink sink) {
        boolean ended = sink.isUnused();
        if (ended) {
            sink.write();
            sink.close();
        }
        return ended;
    }

    /** One holder's use of a shared sink. */
    private final class Use implements LogSink {
        private final QueuedSink sink;
        private final AtomicBoolean closed = new AtomicBoolean();

        Use(QueuedSink sink) {
            this.sink = sink;
        }

        @Override
        public boolean write(String line) {
            boolean queued = !closed.get() && !stopping && sink.offer(line);
            if (!woken && sink.isUrgent()) {
                wake();
            }
            return queued;
        }

        @Override
        public long dropped() {
            return sink.dropped();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                synchronized (LogSinks.this) {
                    if (sink.endUse()) {
                        wake();
                    }
                }
            }
        }
    }
}
