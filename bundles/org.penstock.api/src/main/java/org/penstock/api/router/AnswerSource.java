package org.penstock.api.router;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.annotation.Owned;

/** A reply that is made while it is sent: packets are pulled under the client's back-pressure. */
@ConsumerType
public interface AnswerSource {
    /** Where a source puts its packets. */
    @ProviderType
    interface Sink {
        /** Sends one packet payload. Returns false when the client's buffer is full: the source then stops until its next {@code pull}. */
        @EventLoop
        boolean packet(@Owned byte[] payload);

        /** Ends the answer; the last packet must have been one that ends a reply. */
        @EventLoop
        void end();

        /** Asks for a {@code pull} on the session's loop, for a source that had nothing to give and now has. */
        @AnyThread
        void ready();
    }

    /** Called when the client can take more: once after the route, then whenever its buffer has drained or {@link Sink#ready} was called. */
    @EventLoop
    void pull(Sink sink);

    /** Called once when the session ends before the answer does. */
    @EventLoop
    default void cancel() {}
}
