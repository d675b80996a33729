package org.penstock.core.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.Details;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.admin.Table;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.monitor.Monitor;
import org.penstock.core.monitor.MonitorRunner;
import org.penstock.core.monitor.MonitorRunners;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.ModuleBinder;
import org.penstock.core.store.DefaultModuleContext;
import org.penstock.core.store.LogSinks;
import org.penstock.core.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the newest generation of each configured monitor do the ticks. */
@Component(service = Monitors.class, immediate = true)
@AnyThread
public final class Monitors {
    private static final Logger LOG = LoggerFactory.getLogger(Monitors.class);

    private final MonitorRunners runners;
    private final ModuleBinder binder;
    private final ModuleBinder.Listener onModules = new OnModules();
    private final Stores stores;
    private final LogSinks sinks;
    private final ConfigurationAdmin configurations;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "penstock-monitors");
        made.setDaemon(true);
        return made;
    });
    private final Map<Long, Generation<?>> bound = new HashMap<>();
    private final Map<String, Generation<?>> serving = new TreeMap<>();
    private volatile Map<String, Generation<?>> snapshot = Map.of();

    @Activate
    public Monitors(
            @Reference ModuleBinder binder,
            @Reference MonitorRunners runners,
            @Reference Stores stores,
            @Reference LogSinks sinks,
            @Reference ConfigurationAdmin configurations) {
        this.runners = runners;
        this.stores = stores;
        this.sinks = sinks;
        this.configurations = configurations;
        this.binder = binder;
        binder.listen(onModules);
    }

    @Deactivate
    void deactivate() {
        binder.forget(onModules);
        thread.shutdownNow();
    }

    private final class OnModules implements ModuleBinder.Listener {
        @Override
        public void bound(Generation<?> generation) {
            if (generation.module() instanceof Monitor) {
                thread.execute(() -> {
                    bound.put(generation.id().serviceId(), generation);
                    choose(generation.id().name());
                });
            }
        }

        @Override
        public void unbound(Generation<?> generation) {
            if (generation.module() instanceof Monitor) {
                thread.execute(() -> {
                    bound.remove(generation.id().serviceId());
                    choose(generation.id().name());
                });
            }
        }
    }

    private void choose(String name) {
        Generation<?> best = bound.values().stream()
                .filter(candidate -> candidate.id().name().equals(name))
                .max(Comparator.comparing((Generation<?> candidate) -> candidate.id()))
                .orElse(null);
        if (best == serving.get(name)) {
            return;
        }
        if (best != null && best.module() instanceof Monitor monitor) {
            serving.put(name, best);
            DefaultModuleContext context = new DefaultModuleContext(ObjectKind.MONITOR, name, stores, sinks);
            runners.runner(name).swapTo(monitor, context).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.warn("{} could not take over, the one before goes on: {}", best, failure.toString());
                } else {
                    LOG.info("{} does the ticks", best);
                }
            });
        } else {
            serving.remove(name);
            MonitorRunner runner = runners.find(name);
            if (runner != null && configured(name)) {
                runner.vacate();
            } else if (runner != null) {
                runners.remove(name);
                LOG.info("Monitor '{}' is removed; its servers count as running from now on", name);
            }
        }
        snapshot = Map.copyOf(serving);
    }

    /** Whether the monitor's section still exists, so that its module comes back some time. */
    private boolean configured(String name) {
        try {
            String filter = "(&(penstock.kind=monitor)(penstock.name=*))";
            Configuration[] found = configurations.listConfigurations(filter);
            return found != null
                    && Arrays.stream(found)
                            .map(Configuration::getProperties)
                            .anyMatch(properties -> properties != null && name.equals(properties.get("penstock.name")));
        } catch (IOException | InvalidSyntaxException | IllegalStateException e) {
            LOG.debug("whether monitor '{}' is configured cannot be found out: {}", name, e.toString());
            return true;
        }
    }

    List<String> names() {
        return runners.all().stream().map(MonitorRunner::name).toList();
    }

    Table list() {
        List<List<String>> rows = new ArrayList<>();
        for (MonitorRunner runner : runners.all()) {
            Generation<?> generation = snapshot.get(runner.name());
            rows.add(List.of(
                    runner.name(),
                    generation == null ? "" : generation.id().module(),
                    generation == null ? "" : generation.id().version().toString(),
                    state(runner),
                    String.join(", ", runner.servers())));
        }
        return new Table(List.of("Monitor", "Module", "Version", "State", "Servers"), rows);
    }

    private static String state(MonitorRunner runner) {
        if (!runner.enabled()) {
            return "Stopped";
        }
        return runner.occupied() ? "Running" : "Waiting for its module";
    }

    void describe(String name, List<Details.Entry> entries) {
        Generation<?> generation = snapshot.get(name);
        if (generation != null) {
            entries.add(new Details.Entry("Generation", generation.toString()));
        }
    }

    void enable(String name, boolean on) {
        runner(name).enable(on);
    }

    private MonitorRunner runner(String name) {
        @Nullable MonitorRunner runner = runners.find(name);
        if (runner == null) {
            throw new AdminException("unknown monitor '" + name + "': expected one of " + String.join(", ", names()));
        }
        return runner;
    }
}
