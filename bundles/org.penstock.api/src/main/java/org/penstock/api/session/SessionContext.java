package org.penstock.api.session;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.EventLoop;

/** The tools that a module has in one session; void after the session's close or the module's retirement. */
@ProviderType
@EventLoop
public interface SessionContext extends SessionView {
    /** Receives the outcome of a background task on the session's event loop. */
    @FunctionalInterface
    interface Outcome<T> {
        /** Exactly one of the two is not null, except for a task whose result is null. */
        void done(@Nullable T result, @Nullable Throwable failure);
    }

    /** A pending call of {@link #after}. */
    @FunctionalInterface
    interface Timer {
        void cancel();
    }

    /**
     * Runs a task on the core's bounded background pool, then the outcome on this session's loop.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the pool's queue is full
     */
    <T> void background(Callable<T> task, Outcome<T> outcome);

    /** Runs a task on this session's loop after a delay, unless cancelled, closed or retired before. */
    Timer after(Duration delay, Runnable task);

    /**
     * Opens a branch: a session without a client in another service, on the same loop, for the same account.
     *
     * @throws org.penstock.api.error.ProtocolException when the service does not exist, or its filters would lead back to this service
     */
    Branch branch(String service);
}
