package org.penstock.core.monitor;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.penstock.api.annotation.AnyThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the scripts of monitors, off their threads: a few at a time, each for a bounded time, with its output in the log. */
@AnyThread
final class EventScripts implements AutoCloseable {
    /** Scripts that run at a time. */
    private static final int MAX_RUNNING = 4;

    /** Scripts that wait for a place. */
    private static final int MAX_WAITING = 256;

    /** Lines of one script's output that are logged. */
    private static final int MAX_LINES = 200;

    private static final Logger LOG = LoggerFactory.getLogger(EventScripts.class);

    private final Duration timeout;
    private final ThreadPoolExecutor pool;

    EventScripts(Duration timeout) {
        this.timeout = timeout;
        this.pool = new ThreadPoolExecutor(
                MAX_RUNNING, MAX_RUNNING, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "penstock-monitor-script");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Runs a command soon. */
    void run(String monitor, MonitorEvent event, List<String> command) {
        try {
            pool.execute(() -> runNow(monitor, event, command));
        } catch (RejectedExecutionException e) {
            LOG.warn("Monitor '{}': script for {} is not run, {} wait already", monitor, event.word(), MAX_WAITING);
        }
    }

    private void runNow(String monitor, MonitorEvent event, List<String> command) {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
        } catch (IOException e) {
            LOG.error("Monitor '{}': script for {} cannot be started: {}", monitor, event.word(), e.getMessage());
            return;
        }
        Thread reader = new Thread(() -> log(monitor, process), "penstock-monitor-script-output");
        reader.setDaemon(true);
        reader.start();
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                ended(monitor, event, process.exitValue());
            } else {
                LOG.warn("Monitor '{}': script for {} is ended after {}", monitor, event.word(), timeout);
            }
            reader.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void ended(String monitor, MonitorEvent event, int status) {
        if (status == 0) {
            LOG.info("Monitor '{}': script for {} ended well", monitor, event.word());
        } else {
            LOG.warn("Monitor '{}': script for {} ended with status {}", monitor, event.word(), status);
        }
    }

    private static void log(String monitor, Process process) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int lines = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines++;
                if (lines <= MAX_LINES) {
                    LOG.info("Monitor '{}', script: {}", monitor, line);
                }
            }
        } catch (IOException e) {
            LOG.debug("Monitor '{}': output of its script ended: {}", monitor, e.toString());
        }
    }

    /** Ends what runs. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
