package org.penstock.router.readwritesplit;

import java.util.function.Consumer;
import org.penstock.api.router.RouterContext;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;
import org.penstock.api.statement.Transaction;

/** What becomes of a session's connections when the monitor reports something: those that are not to be kept are given up as soon as nothing hangs on them. */
final class Upkeep {
    private final RouterContext context;
    private final ReadWriteSplitSettings settings;
    private final Primary primary;
    private final Replicas replicas;
    private final Standing standing;
    private boolean staleLeft;

    Upkeep(
            RouterContext context,
            ReadWriteSplitSettings settings,
            Primary primary,
            Replicas replicas,
            Standing standing) {
        this.context = context;
        this.settings = settings;
        this.primary = primary;
        this.replicas = replicas;
        this.standing = standing;
    }

    /** Ends the session when what it needs is gone; says whether it did. */
    boolean ended() {
        String own = primary.name();
        if (own == null) {
            return false;
        }
        boolean instantly = settings.primary().failure() == FailureMode.FAIL_INSTANTLY;
        if (instantly && primary.gone()) {
            context.close(Errors.primaryGone(context.service()));
            return true;
        }
        if (primary.moved()
                && (boundTo(own) || (instantly && !settings.primary().mayChange()))) {
            context.close(Errors.primaryMoved(context.service(), own));
            return true;
        }
        return false;
    }

    /** Gives up what is stale, through {@code giveUp}. */
    void giveUpStale(Consumer<String> giveUp) {
        staleLeft = false;
        for (ServerView server : context.servers()) {
            if (context.connectedTo(server.name()) && replicas.stale(server)) {
                if (free(server.name())) {
                    giveUp.accept(server.name());
                } else {
                    staleLeft = true;
                }
            }
        }
    }

    /** The generation before may have kept something that is stale. */
    void look() {
        staleLeft = true;
    }

    /** Whether something stale was kept because the session still needed it. */
    boolean staleLeft() {
        return staleLeft;
    }

    /** Whether nothing of the session hangs on this connection. */
    private boolean free(String server) {
        boolean transaction = context.transaction().open() && server.equals(standing.holder());
        boolean pinned = !context.pins().isEmpty() && server.equals(context.pinnedTo());
        return !transaction && !pinned && (!primary.is(server) || context.replayable());
    }

    /** Whether writes of this session can go nowhere but to a server that is no primary any more. A server in maintenance may finish what it has. */
    private boolean boundTo(String server) {
        ServerView view = Roles.named(context.servers(), server);
        if (view != null && view.is(ServerStatus.MAINTENANCE)) {
            return false;
        }
        boolean transaction = context.transaction() == Transaction.READ_WRITE && server.equals(standing.holder());
        return transaction || (!context.pins().isEmpty() && server.equals(context.pinnedTo()));
    }
}
