package org.penstock.api.router;

import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.annotation.Blocking;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.session.ModuleContext;

/** The configured router of one service; a DS component registered as a service under this interface. */
@ConsumerType
public interface Router {
    /**
     * Called once, before the first {@link #open}, when the instance joins a plan.
     *
     * @throws RuntimeException to refuse: the generation before it serves on
     */
    @Blocking
    default void start(ModuleContext context) {}

    /** Called once, after the last session of this instance has left or was closed. */
    @Blocking
    default void stop() {}

    /**
     * This router's part in a session, at its login or in mid-session.
     *
     * @throws org.penstock.api.error.ProtocolException to refuse the session with that error
     */
    @EventLoop
    RouterSession open(RouterContext context);

    /** Whether sessions that are already open keep the generation before this one until they end. */
    default boolean newSessionsOnly() {
        return false;
    }
}
