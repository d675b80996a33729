package org.penstock.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The way of a signal to the bundles: every service of type {@link Runnable} with {@code penstock.signal=HUP}
 * (or {@code USR1}, {@code TERM}) is run, each on a thread of its own.
 */
final class ServiceSignals {
    private final BundleContext context;
    private final PrintStream err;

    ServiceSignals(BundleContext context, PrintStream err) {
        this.context = context;
        this.err = err;
    }

    /** Runs all services for the signal and returns at once. */
    void send(String signal) {
        if (start(signal).isEmpty()) {
            err.println("penstock: nobody handles SIG" + signal + " yet");
        }
    }

    /** Runs all services for the signal; false when one of them has not returned within the time. */
    boolean sendAndWait(String signal, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (CountDownLatch done : start(signal)) {
            if (!done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    private List<CountDownLatch> start(String signal) {
        List<CountDownLatch> started = new ArrayList<>();
        for (ServiceReference<Runnable> reference : references(signal)) {
            CountDownLatch done = new CountDownLatch(1);
            Thread thread = new Thread(() -> run(signal, reference, done), "penstock-signal-" + signal);
            thread.setDaemon(true);
            thread.start();
            started.add(done);
        }
        return started;
    }

    private Collection<ServiceReference<Runnable>> references(String signal) {
        try {
            return context.getServiceReferences(Runnable.class, "(penstock.signal=" + signal + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(signal, e);
        } catch (IllegalStateException e) {
            return List.of();
        }
    }

    /** One handler must not keep another from running, so whatever it throws ends here. */
    private void run(String signal, ServiceReference<Runnable> reference, CountDownLatch done) {
        try {
            Runnable handler = context.getService(reference);
            if (handler != null) {
                handler.run();
                context.ungetService(reference);
            }
        } catch (RuntimeException | LinkageError e) {
            err.println("penstock: " + reference.getBundle() + " failed on SIG" + signal + ": " + e);
        } finally {
            done.countDown();
        }
    }
}
