package org.penstock.testkit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Hold;

/**
 * A hold that remembers its decision.
 *
 * @param <V> what is decided
 */
public final class FakeHold<V> implements Hold<V> {
    private final Duration deadline;
    private final V onTimeout;
    private @Nullable V decision;

    FakeHold(Duration deadline, V onTimeout) {
        this.deadline = deadline;
        this.onTimeout = onTimeout;
    }

    public Duration deadline() {
        return deadline;
    }

    /** The decision, or null while the hold is open. */
    public @Nullable V decision() {
        return decision;
    }

    /** Lets the deadline pass. */
    public void timeOut() {
        if (decision == null) {
            decision = onTimeout;
        }
    }

    @Override
    public boolean resume(V verdict) {
        if (decision != null) {
            return false;
        }
        decision = verdict;
        return true;
    }

    @Override
    public boolean open() {
        return decision == null;
    }
}
