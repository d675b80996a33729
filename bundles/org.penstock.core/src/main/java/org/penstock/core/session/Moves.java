package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.session.SessionContext;
import org.penstock.core.plan.Plan;

/**
 * The session's way from plan to plan: the admission gate closes when a plan is published, the session moves once everything that was admitted has ended, and
 * the gate opens when every slot is filled, or the wait for an empty one is over.
 */
final class Moves {
    private final SessionMachine machine;
    private @Nullable Plan target;
    private boolean incomplete;
    private boolean waitOver;
    private SessionContext.@Nullable Timer waitTimer;
    private int tasks;

    Moves(SessionMachine machine) {
        this.machine = machine;
    }

    /** Whether no further command may be admitted at present. */
    boolean gateClosed() {
        return target != null || (incomplete && !waitOver);
    }

    void publish(Plan plan) {
        Plan current = machine.chain().plan();
        Plan awaited = target;
        if ((current == null || plan.number() > current.number())
                && (awaited == null || plan.number() > awaited.number())) {
            target = plan;
            machine.settle();
        }
    }

    /** Whether the session should move, and can. */
    boolean due() {
        return target != null && quiescent();
    }

    /** Moves when the session is at rest. */
    void tryMove() {
        Plan plan = target;
        if (plan == null || !quiescent()) {
            return;
        }
        target = null;
        machine.commands().flushRun();
        machine.chain().moveTo(plan);
        String missing = machine.chain().missing();
        incomplete = missing != null;
        if (incomplete) {
            if (waitTimer == null) {
                waitOver = false;
                waitTimer = machine.after(plan.moduleWait(), this::waitIsOver);
            }
            return;
        }
        waitOver = false;
        cancelTimer();
        machine.keeping()
                .entered(ModuleFailure.guard(
                        machine.chain().router().label(),
                        machine.chain().router().serving()::needs));
        machine.opening().entered();
    }

    private void waitIsOver() {
        waitTimer = null;
        waitOver = true;
        String missing = machine.chain().missing();
        if (machine.phase() == SessionMachine.Phase.OPENING && missing != null) {
            throw new ProtocolException(SqlError.general(missing + " is not available"));
        }
        machine.settle();
    }

    /** Nothing in flight that the chain has seen and that has not ended. */
    private boolean quiescent() {
        return machine.exchanges().isEmpty()
                && !machine.decision().pending()
                && machine.commands().betweenCommands()
                && tasks == 0;
    }

    @Nullable
    String waitingFor() {
        String missing = machine.chain().missing();
        if (missing != null && incomplete) {
            return missing;
        }
        return target == null ? null : "the end of what is in flight, to move to plan " + target.number();
    }

    void taskStarted() {
        tasks++;
    }

    void taskRefused() {
        tasks--;
    }

    /** A task of a module has ended; its outcome is told, then the session goes on with whatever that set free. */
    void taskEnded(String label, @Nullable Runnable outcome) {
        tasks--;
        if (machine.phase() == SessionMachine.Phase.CLOSED) {
            return;
        }
        if (outcome != null) {
            machine.guard().call(label, outcome);
        }
        if (machine.phase() != SessionMachine.Phase.CLOSED) {
            machine.guard().run(machine::settle);
        }
    }

    private void cancelTimer() {
        SessionContext.Timer timer = waitTimer;
        waitTimer = null;
        if (timer != null) {
            timer.cancel();
        }
    }

    void close() {
        target = null;
        cancelTimer();
    }
}
