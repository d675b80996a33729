package org.penstock.core.session;

import java.util.List;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where everything that is thrown in a session ends up: it becomes an error for the client and the end of this session only. */
final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(SessionMachine.class);

    private final SessionMachine machine;

    Guard(SessionMachine machine) {
        this.machine = machine;
    }

    void run(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Does something that was decided outside of an event, then goes on with whatever it set free. */
    void handle(Runnable event) {
        run(() -> {
            event.run();
            machine.settle();
        });
    }

    /** Takes all of these steps of the session's end, whatever one of them throws. */
    void each(List<Runnable> steps) {
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                LOG.atError()
                        .addKeyValue("session", machine.state().id())
                        .setCause(e)
                        .log("internal error at the session's end");
            }
        }
    }

    /** Calls into a module outside of a command. */
    void call(String label, Runnable task) {
        try {
            ModuleFailure.run(label, task);
        } catch (ModuleFailure e) {
            failed(e);
        }
    }

    void failed(RuntimeException failure) {
        SessionState state = machine.state();
        if (failure instanceof ModuleFailure module) {
            LOG.atWarn()
                    .addKeyValue("session", state.id())
                    .addKeyValue("service", state.service())
                    .setCause(LOG.isDebugEnabled() ? module.getCause() : null)
                    .log("{}: {}; the session ends", module.getMessage(), String.valueOf(module.getCause()));
            machine.farewell().abort(module.error());
        } else if (failure instanceof ProtocolException known) {
            machine.farewell().abort(known.error());
        } else {
            LOG.atError().addKeyValue("session", state.id()).setCause(failure).log("internal error; the session ends");
            machine.farewell().abort(SqlError.general("internal error"));
        }
    }

    void log(String message) {
        LOG.atWarn().addKeyValue("session", machine.state().id()).log(message);
    }
}
