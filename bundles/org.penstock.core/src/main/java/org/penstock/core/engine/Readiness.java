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

/**
 * Says when the process is ready: every configured listener is open and its service has a plan without an empty slot. Registers a service with the property
 * {@code penstock.ready=true}, or, when a listener cannot be opened at the start, one with {@code penstock.failed}.
 */
@Component(service = Readiness.class, immediate = true)
@AnyThread
public final class Readiness {
    /** Exit status of a start whose address is taken. */
    static final int EXIT_UNAVAILABLE = 69;

    private static final long LOOK_MILLIS = 20;

    private final BundleContext context;
    private final Listeners listeners;
    private final List<String> expected;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "penstock-readiness");
        made.setDaemon(true);
        return made;
    });

    @Activate
    public Readiness(
            BundleContext context,
            @Reference Listeners listeners,
            @Reference(target = "(penstock.configured=true)", service = Object.class) Map<String, Object> configured) {
        this.context = context;
        this.listeners = listeners;
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
        if (running >= expected.size()) {
            announce(Map.of("penstock.ready", true, "penstock.ready.detail", detail.toString()));
        }
    }

    private void announce(Map<String, Object> properties) {
        var unused = context.registerService(Object.class, this, FrameworkUtil.asDictionary(properties));
        thread.shutdown();
    }
}
