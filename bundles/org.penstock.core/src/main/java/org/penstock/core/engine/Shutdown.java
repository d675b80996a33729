package org.penstock.core.engine;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.annotation.Blocking;
import org.penstock.core.listener.Listener;
import org.penstock.core.listener.Listeners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orderly end: listeners close, then sessions end behind what is in flight. The launcher runs it on SIGTERM before any bundle stops, so that modules are
 * there for the last replies.
 */
@Component(service = Runnable.class, property = "penstock.signal=TERM")
@Blocking
public final class Shutdown implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final Listeners listeners;
    private final PlansComponent plans;
    private final ReactorComponent reactor;

    @Activate
    public Shutdown(
            @Reference Listeners listeners, @Reference PlansComponent plans, @Reference ReactorComponent reactor) {
        this.listeners = listeners;
        this.plans = plans;
        this.reactor = reactor;
    }

    @Override
    public void run() {
        LOG.info(
                "Stopping: listeners close, {} sessions are ended",
                reactor.reactor().sessions());
        plans.shuttingDown();
        listeners.all().forEach(Listener::close);
        reactor.drain();
    }
}
