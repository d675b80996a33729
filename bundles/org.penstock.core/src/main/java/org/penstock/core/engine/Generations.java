package org.penstock.core.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.ModuleGenerations;
import org.penstock.api.annotation.AnyThread;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.ModuleBinder;

/** Tells what became of revisions, by looking at the generations that are bound. */
@Component(service = ModuleGenerations.class)
@AnyThread
public final class Generations implements ModuleGenerations {
    private static final long LOOK_MILLIS = 5;

    private final PlansComponent plans;
    private final ModuleBinder binder;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "penstock-generations");
        made.setDaemon(true);
        return made;
    });

    @Activate
    public Generations(@Reference PlansComponent plans, @Reference ModuleBinder binder) {
        this.plans = plans;
        this.binder = binder;
    }

    @Deactivate
    void deactivate() {
        thread.shutdownNow();
    }

    private @Nullable Generation<?> find(String kind, String name, int revision) {
        for (Generation<?> generation : binder.all()) {
            boolean same = generation.id().kind().equals(kind)
                    && generation.id().name().equals(name)
                    && generation.id().revision() == revision;
            if (same) {
                return generation;
            }
        }
        return null;
    }

    @Override
    public CompletionStage<Outcome> decided(String kind, String name, int revision, Duration limit) {
        CompletableFuture<Outcome> decided = new CompletableFuture<>();
        poll(decided, deadline(limit), () -> {
            Generation<?> generation = find(kind, name, revision);
            if (generation == null) {
                return null;
            }
            return switch (generation.state()) {
                case BOUND -> kind.equals("monitor") ? Outcome.SERVING : null;
                case STARTED -> Outcome.SERVING;
                case REFUSED, RETIRING, STOPPED -> Outcome.REFUSED;
            };
        });
        return decided;
    }

    @Override
    public CompletionStage<Boolean> drained(String kind, String name, int revision, Duration limit) {
        CompletableFuture<Boolean> drained = new CompletableFuture<>();
        poll(drained, deadline(limit), () -> {
            boolean used = plans.plans().generations().stream()
                    .anyMatch(generation -> generation.id().kind().equals(kind)
                            && generation.id().name().equals(name)
                            && generation.id().revision() == revision
                            && generation.sessions() > 0);
            return used ? null : Boolean.TRUE;
        });
        return drained.exceptionally(late -> Boolean.FALSE);
    }

    @Override
    public String refusal(String kind, String name, int revision) {
        Generation<?> generation = find(kind, name, revision);
        return generation == null ? "" : generation.refusal();
    }

    private static long deadline(Duration limit) {
        return System.nanoTime() + limit.toNanos();
    }

    private <T> void poll(CompletableFuture<T> result, long deadline, Supplier<@Nullable T> look) {
        thread.execute(() -> {
            T found = look.get();
            if (found != null) {
                result.complete(found);
            } else if (System.nanoTime() - deadline >= 0) {
                result.completeExceptionally(new TimeoutException("no decision in time"));
            } else {
                thread.schedule(() -> poll(result, deadline, look), LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }
}
