package org.penstock.core.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.annotation.AnyThread;
import org.penstock.core.listener.Listener;
import org.penstock.core.listener.Listeners;
import org.penstock.core.monitor.MonitorRunners;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.ModuleBinder;

/**
 * Says when the process is ready: every configured listener is open, its service has a plan without an empty slot, and every monitor has looked at its servers
 * once; for the last two it waits a bounded time, since clients wait by themselves. Registers a service with the property
 * {@code penstock.ready=true}, or, when a listener cannot be opened at the start, one with {@code penstock.failed}.
 */
@Component(service = Readiness.class, immediate = true)
@AnyThread
public final class Readiness {
    /** Exit status of a start whose address is taken. */
    static final int EXIT_UNAVAILABLE = 69;

    private static final long LOOK_MILLIS = 20;

    /** How long open listeners wait for plans and monitors. */
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final BundleContext context;
    private final Listeners listeners;
    private final ModuleBinder binder;
    private final MonitorRunners monitors;
    private final PlansComponent plans;
    private final List<String> expected;
    /** When all listeners were open; zero before. Used by the one thread. */
    private long openSince;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "penstock-readiness");
        made.setDaemon(true);
        return made;
    });

    @Activate
    public Readiness(
            BundleContext context,
            @Reference Listeners listeners,
            @Reference ModuleBinder binder,
            @Reference MonitorRunners monitors,
            @Reference PlansComponent plans,
            @Reference(target = "(penstock.configured=true)", service = Object.class) Map<String, Object> configured) {
        this.context = context;
        this.listeners = listeners;
        this.binder = binder;
        this.monitors = monitors;
        this.plans = plans;
        this.expected = names(configured.get("penstock.configured.listeners"));
        var unused = thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void deactivate() {
        thread.shutdownNow();
    }

    private static List<String> names(@Nullable Object value) {
        if (value instanceof String[] names) {
            return Arrays.asList(names);
        }
        if (value instanceof Iterable<?> names) {
            List<String> list = new java.util.ArrayList<>();
            names.forEach(name -> list.add(String.valueOf(name)));
            return list;
        }
        return value == null || value.toString().isEmpty()
                ? List.of()
                : Arrays.asList(value.toString().split(",", -1));
    }

    private void look() {
        List<Listener> open = listeners.all();
        StringBuilder detail = new StringBuilder();
        int running = 0;
        for (Listener listener : open) {
            if (!expected.contains(listener.name())) {
                continue;
            }
            if (listener.state() == Listener.State.FAILED) {
                announce(Map.of(
                        "penstock.failed",
                        "listener '" + listener.name() + "' could not be opened: " + listener.failure(),
                        "penstock.exit",
                        EXIT_UNAVAILABLE));
                return;
            }
            if (listener.state() == Listener.State.RUNNING) {
                running++;
                detail.append(detail.isEmpty() ? "" : ", ")
                        .append(listener.name())
                        .append(' ')
                        .append(String.join(" ", listener.endpoints()));
            }
        }
        if (running >= expected.size() && (settled(open) || waitedLong())) {
            announce(Map.of("penstock.ready", true, "penstock.ready.detail", detail.toString()));
        }
    }

    private boolean waitedLong() {
        if (openSince == 0) {
            openSince = System.nanoTime() | 1;
        }
        return System.nanoTime() - openSince >= MAX_WAIT_NANOS;
    }

    /** Whether the first client finds its modules and the servers' roles. */
    private boolean settled(List<Listener> open) {
        boolean planned = open.stream()
                .filter(listener -> expected.contains(listener.name()))
                .map(listener -> plans.plans().current(listener.service()))
                .allMatch(plan -> plan != null && plan.missing() == null);
        return planned
                && binder.all().stream()
                        .map(Generation::id)
                        .filter(id -> id.kind().equals("monitor"))
                        .map(id -> monitors.find(id.name()))
                        .allMatch(runner -> runner != null && runner.looked());
    }

    private void announce(Map<String, Object> properties) {
        var unused = context.registerService(Object.class, this, FrameworkUtil.asDictionary(properties));
        thread.shutdown();
    }
}
