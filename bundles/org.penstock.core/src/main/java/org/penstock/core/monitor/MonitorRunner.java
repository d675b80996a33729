package org.penstock.core.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.monitor.Monitor;
import org.penstock.api.monitor.MonitorSchedule;
import org.penstock.api.monitor.ServerReport;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.ModuleState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured monitor: ticks its present generation and lets the next one take over between two ticks.
 *
 * <pre>
 *   empty --swapTo--> waiting --timer--> ticking --reports or bound--> waiting ...
 *   waiting --swapTo--> swapping --> waiting        ticking --swapTo--> at its end swapping
 *   any --vacate--> empty, keeping the state for the next generation
 * </pre>
 */
@AnyThread
public final class MonitorRunner {
    /** Bound of a tick, in its longest single waits. */
    private static final int MAX_WAITS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(MonitorRunner.class);

    /** Runs a task after a delay; running what it returns cancels it. */
    interface Timer {
        Runnable after(Duration delay, Runnable task);
    }

    /** A change of generation that waits for the end of a tick; {@code successor} is null when the place becomes empty. */
    private record Swap(
            @Nullable Monitor successor, @Nullable ModuleContext context, CompletableFuture<@Nullable Void> done) {}

    private final String name;
    private final Timer timer;
    private final Executor work;
    private final MonitorConnections connections;
    private final ReportRoom reports;

    // Guarded by this.
    private @Nullable Monitor monitor;
    private ModuleState kept = ModuleState.NONE;
    private @Nullable Swap waiting;
    private boolean busy;
    private boolean paused;
    private boolean closed;
    private Runnable cancelNext = () -> {};

    MonitorRunner(String name, Timer timer, Executor work, MonitorConnections connections, ReportRoom reports) {
        this.name = name;
        this.timer = timer;
        this.work = work;
        this.connections = connections;
        this.reports = reports;
    }

    public String name() {
        return name;
    }

    /**
     * Lets a generation take over, after the tick under way: it is started, imports its predecessor's state, and the predecessor is stopped. Completes exceptionally
     * when it throws; then the predecessor goes on.
     */
    public CompletionStage<@Nullable Void> swapTo(Monitor successor, ModuleContext context) {
        return request(new Swap(successor, context, new CompletableFuture<>()));
    }

    /** Stops the present generation, after the tick under way, and keeps its state for the next one. The servers' status stays as it is. */
    public CompletionStage<@Nullable Void> vacate() {
        return request(new Swap(null, null, new CompletableFuture<>()));
    }

    /** Stops or resumes ticking, for an operator; the servers' status stays as it is meanwhile. */
    public synchronized void enable(boolean on) {
        if (paused == on) {
            paused = !on;
            LOG.info("Monitor '{}' is {}", name, on ? "started" : "stopped");
            cancelNext.run();
            if (on && !busy) {
                next(Duration.ZERO);
            }
        }
    }

    public synchronized boolean enabled() {
        return !paused;
    }

    /** Whether a generation is in place. */
    public synchronized boolean occupied() {
        return monitor != null;
    }

    /** Whether a tick has ended, well or not, so that the servers' status means something. */
    public boolean looked() {
        return reports.looked();
    }

    /** Ends this monitor for good; its servers count as Running from now on. */
    void close() {
        synchronized (this) {
            cancelNext.run();
        }
        var unused = vacate().whenComplete((nothing, failure) -> {
            synchronized (this) {
                closed = true;
            }
            connections.closeAll();
            reports.close();
        });
    }

    private CompletionStage<@Nullable Void> request(Swap swap) {
        Swap superseded;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(new IllegalStateException("monitor '" + name + "' was removed"));
            }
            superseded = waiting;
            waiting = swap;
            if (!busy) {
                busy = true;
                cancelNext.run();
                work.execute(this::swap);
            }
        }
        if (superseded != null) {
            superseded.done().completeExceptionally(new IllegalStateException("a newer generation came first"));
        }
        return swap.done();
    }

    private void swap() {
        Swap swap;
        Monitor before;
        ModuleState state;
        synchronized (this) {
            swap = waiting;
            waiting = null;
            before = monitor;
            state = kept;
        }
        if (swap == null) {
            ended(Duration.ZERO);
            return;
        }
        try {
            ModuleState exported = before == null ? state : before.exportState();
            begin(swap, exported);
            synchronized (this) {
                monitor = swap.successor();
                kept = swap.successor() == null ? exported : ModuleState.NONE;
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Monitor '{}': the new generation is refused: {}", name, e.toString());
            stop(swap.successor());
            ended(Duration.ZERO);
            swap.done().completeExceptionally(e);
            return;
        }
        stop(before);
        ended(Duration.ZERO);
        swap.done().complete(null);
    }

    private static void begin(Swap swap, ModuleState state) {
        Monitor successor = swap.successor();
        ModuleContext context = swap.context();
        if (successor != null && context != null) {
            successor.start(context);
            if (state.version() != 0 || !state.values().isEmpty()) {
                successor.importState(state);
            }
            successor.schedule();
        }
    }

    private void stop(@Nullable Monitor stopped) {
        if (stopped != null) {
            try {
                stopped.stop();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("Monitor '{}': a generation failed to stop: {}", name, e.toString());
            }
        }
    }

    private void tick() {
        Monitor current;
        synchronized (this) {
            current = monitor;
            if (busy || paused || closed || current == null) {
                return;
            }
            busy = true;
        }
        long begin = System.nanoTime();
        MonitorSchedule schedule;
        TickContext context;
        CompletableFuture<Map<String, ServerReport>> answer;
        try {
            schedule = current.schedule();
            connections.retain(schedule.servers());
            context = reports.begin(schedule, connections);
            answer = current.tick(context).toCompletableFuture().copy();
        } catch (RuntimeException | LinkageError e) {
            reports.failed(e);
            ended(MonitorConnections.MIN_DEADLINE);
            return;
        }
        var unused = answer.orTimeout(bound(schedule).toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync(
                        (found, failure) -> {
                            context.end();
                            if (failure == null) {
                                reports.apply(schedule, found);
                            } else {
                                reports.failed(failure);
                            }
                            long spent = System.nanoTime() - begin;
                            Duration left = schedule.interval().minusNanos(spent);
                            ended(left.isNegative() ? Duration.ZERO : left);
                        },
                        work);
    }

    private static Duration bound(MonitorSchedule schedule) {
        Duration connect = MonitorConnections.deadline(schedule.connectTimeout(), schedule);
        Duration read = MonitorConnections.deadline(schedule.readTimeout(), schedule);
        return connect.plus(read).multipliedBy(MAX_WAITS);
    }

    /** The end of a tick or a swap: a swap that waits is next, else the next tick. */
    private synchronized void ended(Duration pause) {
        if (waiting != null) {
            work.execute(this::swap);
            return;
        }
        busy = false;
        next(pause);
    }

    private synchronized void next(Duration pause) {
        if (!paused && !closed && monitor != null) {
            cancelNext = timer.after(pause, this::tick);
        }
    }

    /** Names of the watched servers, as the last tick began. */
    public List<String> servers() {
        return reports.watched();
    }
}
