package org.penstock.api.router;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    /** What this part wants to see of commands; with nothing, {@link #route} still decides, but sees the command byte only. */
    CommandInterest interest();

    /** What the core keeps for this part; read once, when it takes its place. A part that asks for more than the session was begun with does not enter it. */
    default CoreServices needs() {
        return CoreServices.NONE;
    }

    /**
     * Servers to connect before the client's login is confirmed, by name. A failure there is told to {@link #onConnectionLost}; where that ends the session it
     * is the login's failure, as the server said it. Asked once more when a client whose proof only servers can check changes its account while no server is
     * connected.
     */
    default List<String> connectFirst() {
        return List.of();
    }

    /** Decides where a command goes. */
    Route route(@Borrowed Command command, @Borrowed Holds holds);

    /**
     * Called when a connection of this session was lost, could not be opened or brought to where the session stands, or was given up because the server
     * answered a command for all servers otherwise than the one whose reply counts.
     *
     * @param waiting whether the client waits for a reply of that server that cannot be had elsewhere
     */
    default OnLoss onConnectionLost(ServerView server, boolean waiting) {
        return OnLoss.CLOSE;
    }

    /**
     * Called when the reply to a command that was sent to one server has ended.
     *
     * @param nanos time since the command was sent
     * @param error the server's error number, 0 for none
     */
    default void onReply(ServerView server, long nanos, int error) {}

    /** Called after the status of one of the service's servers changed. */
    default void onServersChanged() {}

    /** What this part has counted, for operators who look at the session; each word as in the service's counters. */
    default Map<String, Long> counts() {
        return Map.of();
    }

    /** State for the successor; see the filter contract. */
    default ModuleState exportState() {
        return ModuleState.NONE;
    }

    /** Takes over the state of a predecessor; see the filter contract. */
    default void importState(ModuleState state) {}

    /** Called once when the session ends or another generation has taken over. */
    default void close() {}
}
