package org.penstock.config.bridge;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.penstock.api.admin.ModuleGenerations;

/** Watches services of modules, SCR's view of components, and what the core says of generations. */
final class ServiceWatch implements Watch {
    /** How often SCR is asked: it tells nobody that a constructor threw. */
    private static final long LOOK_MILLIS = 10;

    /** How long a module's bundle may be away, as while it is updated, before it is not waited for. */
    private static final Duration ABSENCE = Duration.ofSeconds(1);

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final Supplier<@Nullable ModuleGenerations> generations;

    ServiceWatch(
            BundleContext context,
            ServiceComponentRuntime components,
            Supplier<@Nullable ModuleGenerations> generations) {
        this.context = context;
        this.components = components;
        this.generations = generations;
    }

    @Override
    public Verdict activated(Applied module, Duration limit) {
        long grace = System.nanoTime() + ABSENCE.toNanos();
        return until(limit, () -> {
            ServiceReference<?>[] references = references(module);
            boolean made = Arrays.stream(references).anyMatch(this::instantiated);
            if (made) {
                return Verdict.READY;
            }
            ComponentConfigurationDTO component = component(module);
            if (component != null && component.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                return Verdict.refused(FailureText.of(component.failure));
            }
            boolean absent = component == null && System.nanoTime() - grace >= 0 && !offered(module);
            return absent ? Verdict.LATE : null;
        });
    }

    /** Whether a bundle that is started has the component of a module. */
    private boolean offered(Applied module) {
        return components.getComponentDescriptionDTOs().stream()
                .anyMatch(description -> Arrays.asList(description.configurationPid)
                        .contains(module.object().pid()));
    }

    /** Makes a delayed component's instance; null stands for a constructor that threw. */
    private boolean instantiated(ServiceReference<?> reference) {
        Object module = context.getService(reference);
        if (module == null) {
            return false;
        }
        context.ungetService(reference);
        return true;
    }

    @Override
    public Verdict serving(Applied module, Duration limit) {
        ModuleGenerations core = generations.get();
        if (core == null) {
            return Verdict.READY;
        }
        String kind = module.object().kind().word();
        String name = module.object().name();
        try {
            ModuleGenerations.Outcome outcome = core.decided(kind, name, module.revision(), limit)
                    .toCompletableFuture()
                    .get(limit.toMillis() + SPARE_MILLIS, TimeUnit.MILLISECONDS);
            return outcome == ModuleGenerations.Outcome.SERVING
                    ? Verdict.READY
                    : Verdict.refused(core.refusal(kind, name, module.revision()));
        } catch (ExecutionException | TimeoutException e) {
            return Verdict.LATE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.LATE;
        }
    }

    /** What a limit kept by somebody else may be late. */
    private static final long SPARE_MILLIS = 1_000;

    @Override
    public Verdict settled(Applied object, Duration limit) {
        return until(limit, () -> {
            ComponentConfigurationDTO component = component(object);
            if (component == null || component.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
                return null;
            }
            return component.state == ComponentConfigurationDTO.FAILED_ACTIVATION
                    ? Verdict.refused(FailureText.of(component.failure))
                    : Verdict.READY;
        });
    }

    @Override
    public boolean present(Applied module) {
        return references(module).length > 0;
    }

    @Override
    public CompletionStage<?> drained(Applied module, Duration limit) {
        ModuleGenerations core = generations.get();
        return core == null
                ? CompletableFuture.completedFuture(true)
                : core.drained(module.object().kind().word(), module.object().name(), module.revision(), limit);
    }

    private ServiceReference<?>[] references(Applied module) {
        String filter = "(&(" + ConfigurationStore.KIND + "="
                + module.object().kind().word() + ")("
                + ConfigurationStore.NAME + "=" + escaped(module.object().name()) + ")(" + ConfigurationStore.REVISION
                + "=" + module.revision() + "))";
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(null, filter);
            return found == null ? new ServiceReference<?>[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\*()]", "\\\\$0");
    }

    /** SCR's view of the component that a configuration made; null for none. Of several bundle versions one that is alive. */
    private @Nullable ComponentConfigurationDTO component(Applied object) {
        ComponentConfigurationDTO found = null;
        for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs()) {
            if (!Arrays.asList(description.configurationPid)
                    .contains(object.object().pid())) {
                continue;
            }
            for (ComponentConfigurationDTO configured : components.getComponentConfigurationDTOs(description)) {
                boolean alive = found == null || found.state == ComponentConfigurationDTO.FAILED_ACTIVATION;
                if (alive && is(object, configured.properties)) {
                    found = configured;
                }
            }
        }
        return found;
    }

    private static boolean is(Applied object, Map<String, Object> properties) {
        return object.object().name().equals(properties.get(ConfigurationStore.NAME))
                && Integer.valueOf(object.revision()).equals(properties.get(ConfigurationStore.REVISION));
    }

    private static Verdict until(Duration limit, Supplier<@Nullable Verdict> look) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                Verdict verdict = look.get();
                if (verdict != null) {
                    return verdict;
                }
                if (System.nanoTime() - end >= 0) {
                    return Verdict.LATE;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.LATE;
        }
    }
}
