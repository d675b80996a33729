package org.penstock.core.plan;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.hooks.bundle.EventHook;
import org.penstock.api.annotation.AnyThread;

/**
 * Delays a module bundle that is stopping, for a bounded moment, until the sessions have exported their state and left. What is left then finishes on the old
 * objects.
 *
 * <p>Runs before SCR sees the event, on the thread that stops the bundle, which is never an event loop nor the plan thread.
 */
@AnyThread
public final class StoppingHook implements EventHook {
    /** The longest delay. */
    public static final long MAX_DELAY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ModuleBinder binder;
    private final Plans plans;
    private volatile boolean shuttingDown;

    public StoppingHook(ModuleBinder binder, Plans plans) {
        this.binder = binder;
        this.plans = plans;
    }

    /** From now on bundles stop without delay: the whole process ends. */
    public void shuttingDown() {
        shuttingDown = true;
    }

    @Override
    public void event(BundleEvent event, Collection<BundleContext> contexts) {
        if (event.getType() != BundleEvent.STOPPING || shuttingDown) {
            return;
        }
        List<Generation<?>> leaving = binder.ofBundle(event.getBundle().getBundleId());
        if (leaving.isEmpty()) {
            return;
        }
        plans.retireAll(leaving);
        long deadline = System.nanoTime() + MAX_DELAY_NANOS;
        while (inUse(leaving) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static boolean inUse(List<Generation<?>> leaving) {
        for (Generation<?> generation : leaving) {
            Generation.State state = generation.state();
            boolean planned = !generation.id().kind().equals("monitor");
            boolean busy = state == Generation.State.STARTED || state == Generation.State.BOUND;
            if (planned && (busy || generation.sessions() > 0)) {
                return true;
            }
        }
        return false;
    }
}
