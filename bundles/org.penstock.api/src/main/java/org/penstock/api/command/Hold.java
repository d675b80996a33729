package org.penstock.api.command;

import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.AnyThread;

/**
 * A one-shot handle on a decision that a module has put off. While it is open the core admits no further command and reads no more from the client.
 *
 * @param <V> what is decided: {@link Verdict} for a filter, {@code Route} for a router
 */
@ProviderType
public interface Hold<V> {
    /**
     * Decides. The command goes on, on the session's event loop, as if the callback had returned the decision.
     *
     * @return false when the hold had been decided, had timed out, or the session is closed; the decision is then dropped
     */
    @AnyThread
    boolean resume(V decision);

    /** Whether the decision is still awaited. */
    @AnyThread
    boolean open();
}
