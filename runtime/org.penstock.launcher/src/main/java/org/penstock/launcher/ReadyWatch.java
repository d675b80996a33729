package org.penstock.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;

/**
 * The ear for what the bundles say about the start.
 *
 * <ul>
 *   <li>A service with {@code penstock.ready=true}: everything listens. {@code penstock.ready.detail} (text) is shown.
 *   <li>A service with {@code penstock.failed} (text): the process must end with the status {@code penstock.exit}
 *       (a number, 78 when absent).
 * </ul>
 */
final class ReadyWatch {
    private static final String FILTER = "(|(penstock.ready=true)(penstock.failed=*))";

    private final CompletableFuture<Ending> ending;
    private final Consumer<String> ready;
    private boolean said;

    /** {@code ready} is called at most once, with the detail. */
    ReadyWatch(CompletableFuture<Ending> ending, Consumer<String> ready) {
        this.ending = ending;
        this.ready = ready;
    }

    /** Starts to listen; services that are there already count. */
    void open(BundleContext context) {
        try {
            context.addServiceListener(this::changed, FILTER);
            ServiceReference<?>[] there = context.getAllServiceReferences(null, FILTER);
            if (there != null) {
                for (ServiceReference<?> reference : there) {
                    look(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void changed(ServiceEvent event) {
        if (event.getType() == ServiceEvent.REGISTERED || event.getType() == ServiceEvent.MODIFIED) {
            look(event.getServiceReference());
        }
    }

    private synchronized void look(ServiceReference<?> reference) {
        Object failed = reference.getProperty("penstock.failed");
        if (failed != null) {
            ending.complete(new Ending(status(reference.getProperty("penstock.exit")), failed.toString()));
        } else if (!said) {
            said = true;
            Object detail = reference.getProperty("penstock.ready.detail");
            ready.accept(detail == null ? "" : detail.toString());
        }
    }

    private static int status(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : ExitCode.CONFIG.status();
    }
}
