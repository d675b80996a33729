package org.penstock.core.session;

import java.util.function.Supplier;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;

/** The one boundary at which what a module throws becomes an error of its session. */
final class ModuleFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SqlError error;

    private ModuleFailure(String slot, SqlError error, Throwable cause) {
        super(slot + " failed", cause);
        this.error = error;
    }

    SqlError error() {
        return error;
    }

    /** Calls into a module; a {@link ProtocolException} keeps its error, anything else becomes 1105 with the slot's name. */
    static <T> T guard(String slot, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw of(slot, e);
        }
    }

    static void run(String slot, Runnable call) {
        guard(slot, () -> {
            call.run();
            return Boolean.TRUE;
        });
    }

    /** The failure of a slot that threw; a failure that has its slot already stays as it is. */
    static ModuleFailure of(String slot, Throwable cause) {
        if (cause instanceof ModuleFailure known) {
            return known;
        }
        if (cause instanceof ProtocolException known) {
            return new ModuleFailure(slot, known.error(), cause);
        }
        return new ModuleFailure(
                slot, SqlError.general(slot + " failed: " + cause.getClass().getSimpleName()), cause);
    }
}
