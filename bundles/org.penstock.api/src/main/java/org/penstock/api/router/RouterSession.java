package org.penstock.api.router;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.Borrowed;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Hold;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.ModuleState;

/** A router's part in one session. */
@ConsumerType
@EventLoop
public interface RouterSession {
    /** Makes holds for the command that is being routed. */
    @ProviderType
    interface Holds {
        /** A hold for the current command; after {@code deadline} it is decided by {@code onTimeout}. */
        Hold<Route> hold(Duration deadline, Route onTimeout);
    }

    /** What to do when a server connection was lost. */
    enum OnLoss {
        /** The session ends: the client gets the error of the loss. */
        CLOSE,
        /** The session goes on without that connection. */
        GO_ON
    }

    /** What this part wants to see of commands; with nothing, {@link #route} still decides, but sees the command byte only. */
    CommandInterest interest();

    /** Servers to connect before the client's login is confirmed, by name. A failure there is the login's failure, as the server said it. */
    default List<String> connectFirst() {
        return List.of();
    }

    /** Decides where a command goes. */
    Route route(@Borrowed Command command, @Borrowed Holds holds);

    /** Called when a connection of this session was lost or could not be opened. */
    default OnLoss onConnectionLost(ServerView server) {
        return OnLoss.CLOSE;
    }

    /** Called after the status of one of the service's servers changed. */
    default void onServersChanged() {}

    /** State for the successor; see the filter contract. */
    default ModuleState exportState() {
        return ModuleState.NONE;
    }

    /** Takes over the state of a predecessor; see the filter contract. */
    default void importState(ModuleState state) {}

    /** Called once when the session ends or another generation has taken over. */
    default void close() {}
}
