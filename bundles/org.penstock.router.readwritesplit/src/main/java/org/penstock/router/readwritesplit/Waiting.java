package org.penstock.router.readwritesplit;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Hold;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;

/** The one command of a session that waits for a server ({@code delayed_retry}). It is tried again when the monitor reports something, and from time to time. */
final class Waiting {
    private static final Duration PACE = Duration.ofNanos(Losses.PAUSE_NANOS);

    /**
     * @param hold how it is decided
     * @param attempt a route, or null while there is none
     */
    private record Command(Hold<Route> hold, Supplier<@Nullable Route> attempt) {}

    private final RouterContext context;
    private @Nullable Command command;

    Waiting(RouterContext context) {
        this.context = context;
    }

    /** Holds the command that is being routed until {@code attempt} gives a route, or, after {@code most}, gives it {@code otherwise}. */
    Route hold(RouterSession.Holds holds, Duration most, Route otherwise, Supplier<@Nullable Route> attempt) {
        Hold<Route> hold = holds.hold(most, otherwise);
        command = new Command(hold, attempt);
        context.after(PACE, this::again);
        return Route.hold(hold);
    }

    /** Tries the command that waits, if any. */
    void attempt() {
        Command waits = command;
        if (waits == null) {
            return;
        }
        if (!waits.hold().open()) {
            command = null;
            return;
        }
        Route route = waits.attempt().get();
        if (route != null) {
            command = null;
            waits.hold().resume(route);
        }
    }

    private void again() {
        attempt();
        if (command != null) {
            context.after(PACE, this::again);
        }
    }
}
