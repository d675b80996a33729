package org.penstock.core.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Hold;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterSession;
import org.penstock.api.session.SessionContext;

/** The hold on the command that is being decided: one at a time; where nobody resumes it, its time-out decides. */
final class Holds implements FilterSession.Holds, RouterSession.Holds {
    private final SessionMachine machine;
    private final Decision decision;
    private @Nullable HoldHandle<?> open;
    private SessionContext.@Nullable Timer timer;

    Holds(SessionMachine machine, Decision decision) {
        this.machine = machine;
        this.decision = decision;
    }

    @Override
    public Hold<Verdict> hold(Duration deadline, Verdict onTimeout) {
        return open(deadline, onTimeout, this::resumed);
    }

    @Override
    public Hold<Route> hold(Duration deadline, Route onTimeout) {
        return open(deadline, onTimeout, this::resumedRoute);
    }

    private <V> Hold<V> open(Duration deadline, V onTimeout, HoldHandle.Decided<V> taker) {
        if (!decision.deciding()) {
            throw new IllegalStateException("a hold can only be made while a command is being decided");
        }
        cancel();
        HoldHandle<V> opened = new HoldHandle<>(machine.port(), taker);
        open = opened;
        timer = machine.port().after(deadline, () -> opened.resume(onTimeout));
        return opened;
    }

    /** Refuses a hold that a module did not make for this command. */
    void check(Hold<?> held, String by) {
        if (held != open) {
            throw ModuleFailure.of(by, new IllegalArgumentException("the hold is not of this command"));
        }
    }

    private void resumed(HoldHandle<Verdict> held, Verdict verdict) {
        if (ends(held)) {
            machine.guard().handle(() -> decision.resumed(verdict));
        }
    }

    private void resumedRoute(HoldHandle<Route> held, Route route) {
        if (ends(held)) {
            machine.guard().handle(() -> decision.resumed(route));
        }
    }

    private boolean ends(HoldHandle<?> held) {
        if (held != open || !machine.running() || !decision.heldNoMore()) {
            return false;
        }
        cancel();
        return true;
    }

    /** What is held is decided otherwise. */
    void cancel() {
        HoldHandle<?> former = open;
        SessionContext.Timer running = timer;
        open = null;
        timer = null;
        if (former != null) {
            former.close();
        }
        if (running != null) {
            running.cancel();
        }
    }
}
