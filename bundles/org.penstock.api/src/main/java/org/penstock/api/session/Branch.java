package org.penstock.api.session;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.annotation.Owned;
import org.penstock.api.error.SqlError;

/** A session without a client, fed by a module; its commands pass the filters and the router of its own service. */
@ProviderType
@EventLoop
public interface Branch {
    /**
     * How a command of the branch ended.
     *
     * @param rows rows of the reply, which itself is discarded
     * @param error the error that ended it, or null
     */
    record Result(long rows, @Nullable SqlError error) {}

    /** Most commands of a branch that may be in flight; {@link #send} beyond it fails the branch. */
    int MAX_IN_FLIGHT = 64;

    /** Sends one command payload, command byte first; the consumer is called on the loop when its reply has ended or the branch failed. */
    void send(@Owned byte[] command, Consumer<Result> ended);

    boolean open();

    void close();
}
