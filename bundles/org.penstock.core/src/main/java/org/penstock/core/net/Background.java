package org.penstock.core.net;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.penstock.api.session.SessionContext;

/** The bounded pool on which modules' blocking work runs. */
public final class Background implements AutoCloseable {
    /** Tasks that may wait for a thread; further ones are refused. */
    static final int MAX_QUEUED = 4096;

    private final ThreadPoolExecutor pool;

    public Background(int threads) {
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_QUEUED), task -> {
                    Thread thread = new Thread(task, "penstock-background-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Runs a task, then its outcome on an executor. */
    <T> void run(Callable<T> task, SessionContext.Outcome<T> outcome, Executor loop) {
        pool.execute(() -> {
            T result = null;
            Throwable failure = null;
            try {
                result = task.call();
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                failure = e;
            }
            deliver(result, failure, outcome, loop);
        });
    }

    private static <T> void deliver(
            @Nullable T result, @Nullable Throwable failure, SessionContext.Outcome<T> outcome, Executor loop) {
        loop.execute(() -> outcome.done(result, failure));
    }

    /** Runs a task that nobody waits for. */
    public void execute(Runnable task) {
        pool.execute(task);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
