package org.penstock.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.filter.Filter;
import org.penstock.api.router.Router;
import org.penstock.api.session.ModuleContext;
import org.penstock.core.service.ServiceSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current plan of every service, and the one thread that makes them: it starts generations, chooses who serves where, publishes, and stops those whose last
 * session has left.
 */
@AnyThread
public final class Plans implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);

    /** How often it is looked whether a retired generation may be stopped. */
    private static final long RETIRE_MILLIS = 100;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "penstock-plans");
        made.setDaemon(true);
        return made;
    });
    private final Map<Long, Generation<?>> generations = new LinkedHashMap<>();
    private final Map<String, ServiceSettings> services = new HashMap<>();
    private final Map<String, Plan> current = new ConcurrentHashMap<>();
    private final Function<Generation<?>, ModuleContext> contexts;
    private final Consumer<Plan> published;
    private final List<Generation<?>> retiring = new ArrayList<>();
    private volatile List<Generation<?>> snapshot = List.of();
    private final AtomicLong released = new AtomicLong();
    private long number;

    /**
     * @param contexts makes what a generation is started with
     * @param published is told of each new plan, on the plan thread
     */
    public Plans(Function<Generation<?>, ModuleContext> contexts, Consumer<Plan> published) {
        this.contexts = contexts;
        this.published = published;
    }

    /** The service's plan, or null before its first. */
    public @Nullable Plan current(String service) {
        return current.get(service);
    }

    /** All filters and routers that are bound or still in use, in the order in which they came. */
    public List<Generation<?>> generations() {
        return snapshot;
    }

    /** Generations that were stopped and forgotten since the start. */
    public long released() {
        return released.get();
    }

    /** A service was added or changed. */
    public void service(ServiceSettings settings) {
        run(() -> {
            services.put(settings.name(), settings);
            replan();
        });
    }

    public void serviceRemoved(String name) {
        run(() -> {
            services.remove(name);
            current.remove(name);
            replan();
        });
    }

    public void bound(Generation<?> generation) {
        run(() -> {
            generations.put(generation.id().serviceId(), generation);
            start(generation);
            replan();
        });
    }

    public void unbound(Generation<?> generation) {
        run(() -> retire(generation));
    }

    /** Lets no plan use these generations any more; returns at once. */
    public void retireAll(List<Generation<?>> leaving) {
        run(() -> leaving.forEach(this::retire));
    }

    /** Runs a change on the plan thread; what goes wrong in it is told, since nobody waits for it. */
    private void run(Runnable change) {
        if (thread.isShutdown()) {
            return;
        }
        thread.execute(() -> {
            try {
                change.run();
            } catch (RuntimeException | LinkageError e) {
                LOG.error("a change of the plans failed", e);
            }
        });
    }

    private void start(Generation<?> generation) {
        try {
            Object module = generation.module();
            ModuleContext context = contexts.apply(generation);
            if (module instanceof Filter filter) {
                filter.start(context);
            } else if (module instanceof Router router) {
                router.start(context);
            }
            generation.state(Generation.State.STARTED);
            LOG.info("{} is ready", generation);
        } catch (RuntimeException | LinkageError e) {
            generation.refused(String.valueOf(e.getMessage()));
            LOG.warn("{} refused to start, the generation before it serves on: {}", generation, e.toString());
        }
    }

    private void retire(Generation<?> generation) {
        if (generations.remove(generation.id().serviceId()) == null) {
            return;
        }
        boolean started = generation.state() == Generation.State.STARTED;
        generation.state(started ? Generation.State.RETIRING : Generation.State.STOPPED);
        replan();
        if (started) {
            retiring.add(generation);
            thread.schedule(this::release, RETIRE_MILLIS, TimeUnit.MILLISECONDS);
        }
        snapshot();
    }

    /** Stops the retired generations that no session uses any more. */
    private void release() {
        retiring.removeIf(generation -> {
            if (generation.sessions() > 0) {
                return false;
            }
            stop(generation);
            return true;
        });
        snapshot();
        if (!retiring.isEmpty()) {
            thread.schedule(this::release, RETIRE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void stop(Generation<?> generation) {
        try {
            Object module = generation.module();
            if (module instanceof Filter filter) {
                filter.stop();
            } else if (module instanceof Router router) {
                router.stop();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} failed to stop: {}", generation, e.toString());
        }
        generation.state(Generation.State.STOPPED);
        released.incrementAndGet();
        LOG.info("{} has left", generation);
    }

    private void snapshot() {
        List<Generation<?>> all = new ArrayList<>(generations.values());
        all.addAll(retiring);
        snapshot = List.copyOf(all);
    }

    private void replan() {
        snapshot();
        for (ServiceSettings service : services.values()) {
            Plan made = plan(service);
            Plan before = current.get(service.name());
            if (before == null || !made.sameAs(before)) {
                current.put(service.name(), made);
                String missing = made.missing();
                if (missing != null) {
                    LOG.warn("Service '{}' is waiting for {}", service.name(), missing);
                } else if (before == null || before.missing() != null) {
                    LOG.info("Service '{}' has every module that it needs", service.name());
                }
                published.accept(made);
            }
        }
    }

    private Plan plan(ServiceSettings service) {
        List<Plan.Slot<Filter>> filters = new ArrayList<>();
        for (String name : service.filters()) {
            filters.add(new Plan.Slot<>(name, best("filter", name, Filter.class)));
        }
        Generation<Router> router = best("router", service.name(), Router.class);
        return new Plan(
                service.name(),
                ++number,
                filters,
                new Plan.Slot<>(service.name(), router),
                service.limits().moduleWaitTimeout());
    }

    @SuppressWarnings("unchecked")
    private <M> @Nullable Generation<M> best(String kind, String name, Class<M> type) {
        return (Generation<M>) generations.values().stream()
                .filter(candidate -> candidate.state() == Generation.State.STARTED)
                .filter(candidate -> candidate.id().kind().equals(kind)
                        && candidate.id().name().equals(name))
                .filter(candidate -> type.isInstance(candidate.module()))
                .max(Comparator.comparing((Generation<?> candidate) -> candidate.id()))
                .orElse(null);
    }

    /** Stops everything that was started; called when no session is left. */
    @Override
    public void close() {
        run(() -> {
            generations.values().stream()
                    .filter(generation -> generation.state() == Generation.State.STARTED)
                    .forEach(this::stop);
            retiring.forEach(this::stop);
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(3, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
