package org.penstock.core.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.annotation.AnyThread;
import org.penstock.core.server.Servers;
import org.penstock.core.server.ServiceConnector;

/** The runners of all configured monitors, by name, and the threads that they share. */
@Component(service = MonitorRunners.class)
@AnyThread
public final class MonitorRunners {
    /** Longest run of a script. */
    private static final Duration SCRIPT_TIMEOUT = Duration.ofSeconds(90);

    /** Threads for starting, stopping and reporting. */
    private static final int WORKERS = 4;

    private final Servers servers;
    private final ServiceConnector connector;
    private final Map<String, MonitorRunner> runners = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(threads("penstock-monitor"));
    private final ThreadPoolExecutor work;
    private final EventScripts scripts = new EventScripts(SCRIPT_TIMEOUT);

    @Activate
    public MonitorRunners(@Reference Servers servers, @Reference ServiceConnector connector) {
        this.servers = servers;
        this.connector = connector;
        this.work = new ThreadPoolExecutor(
                WORKERS, WORKERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("penstock-monitor-work"));
        work.allowCoreThreadTimeOut(true);
    }

    @Deactivate
    void deactivate() {
        timer.shutdownNow();
        List.copyOf(runners.keySet()).forEach(this::remove);
        work.shutdown();
        scripts.close();
    }

    /** The runner of a configured monitor, made on first use. */
    public MonitorRunner runner(String name) {
        return runners.computeIfAbsent(
                name,
                key -> new MonitorRunner(
                        key,
                        this::after,
                        work,
                        new MonitorConnections(connector),
                        new ReportRoom(key, servers, scripts)));
    }

    /** The runner of that name, or null. */
    public @Nullable MonitorRunner find(String name) {
        return runners.get(name);
    }

    /** All runners, by name. */
    public List<MonitorRunner> all() {
        return List.copyOf(new TreeMap<>(runners).values());
    }

    /** Ends a monitor whose section exists no longer. */
    public void remove(String name) {
        MonitorRunner runner = runners.remove(name);
        if (runner != null) {
            runner.close();
        }
    }

    private Runnable after(Duration delay, Runnable task) {
        if (timer.isShutdown()) {
            return () -> {};
        }
        ScheduledFuture<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
