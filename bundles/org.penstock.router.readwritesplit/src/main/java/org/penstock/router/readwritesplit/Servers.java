package org.penstock.router.readwritesplit;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.penstock.api.router.RouterContext;
import org.penstock.api.server.ServerView;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Transaction;

/** Which server a target is at present. Null stands for none. */
final class Servers {
    private final RouterContext context;
    private final ReadWriteSplitSettings settings;
    private final Primary primary;
    private final Replicas replicas;
    private final Standing standing;
    private final Losses losses;

    Servers(
            RouterContext context,
            ReadWriteSplitSettings settings,
            Primary primary,
            Replicas replicas,
            Standing standing,
            Losses losses) {
        this.context = context;
        this.settings = settings;
        this.primary = primary;
        this.replicas = replicas;
        this.standing = standing;
        this.losses = losses;
    }

    /** The server for a command, by its target and those hints that name a server or a lag. */
    @Nullable
    String of(Target target, List<Hint> hints) {
        String named = hints.isEmpty() || target == Target.ALL ? null : hinted(target, hints);
        if (named != null) {
            return named;
        }
        return switch (target) {
            case PRIMARY, PRIMARY_LEAVING_TRANSACTION -> pinnedElsewhere() ? null : primary.take();
            case REPLICA, REPLICA_FOR_TRANSACTION -> read();
            case TRANSACTION -> transaction();
            case PINNED -> connected(context.pinnedTo());
            case PREVIOUS -> previous();
            case ALL -> answering();
        };
    }

    /** Whether the session has state on one server that the primary lacks: what only the primary may do cannot be done then, nor a transaction begun on both. */
    private boolean pinnedElsewhere() {
        String pinned = context.pins().isEmpty() ? null : context.pinnedTo();
        return pinned != null && !pinned.equals(primary.name());
    }

    /**
     * The server whose answer counts to a command for all after which the session stays with it, or has a transaction there: the primary, if it can be had, since
     * writes will need it.
     */
    @Nullable
    String beginning() {
        boolean free = context.pinnedTo() == null && !context.transaction().open();
        String own = free ? primary.take() : null;
        return own == null ? answering() : own;
    }

    /** The server whose answer to a command for all the client gets: the one with state that others lack, else the primary, else any. */
    @Nullable
    String answering() {
        if (context.pinnedTo() != null) {
            return connected(context.pinnedTo());
        }
        if (context.transaction().open() && standing.transactionOn() != null) {
            return connected(standing.transactionOn());
        }
        String own = connected(primary.name());
        if (own != null) {
            return own;
        }
        for (ServerView server : context.servers()) {
            if (context.connectedTo(server.name())) {
                return server.name();
            }
        }
        String taken = settings.reads().onPrimary() ? primary.take() : null;
        return taken != null ? taken : read();
    }

    /** The server of the first hint that leads to one, unless another hint says primary. A lag is for what goes to a replica. */
    private @Nullable String hinted(Target target, List<Hint> hints) {
        for (Hint hint : hints) {
            if (hint instanceof Hint.ToPrimary) {
                return null;
            }
        }
        for (Hint hint : hints) {
            String found = null;
            if (hint instanceof Hint.ToServer named) {
                found = named(named.name());
            } else if (hint instanceof Hint.Parameter parameter
                    && (target == Target.REPLICA || target == Target.REPLICA_FOR_TRANSACTION)) {
                found = within(parameter);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** A server of the service by its name, where it is connected or may be. */
    private @Nullable String named(String name) {
        for (ServerView server : context.servers()) {
            if (server.name().equalsIgnoreCase(name)) {
                boolean free = server.connectable() && !losses.avoided(server.name()) && context.replayable();
                return context.connectedTo(server.name()) || free ? server.name() : null;
            }
        }
        return null;
    }

    private @Nullable String within(Hint.Parameter parameter) {
        String name = parameter.name().toLowerCase(Locale.ROOT);
        if (!name.equals("max_slave_replication_lag") && !name.equals("max_replication_lag")) {
            return null;
        }
        try {
            long seconds = Long.parseLong(parameter.value().strip());
            return seconds > 0 ? replicas.choose(seconds) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private @Nullable String read() {
        String replica = replicas.choose(settings.reads().lagBelow());
        return replica != null ? replica : primary.take();
    }

    private @Nullable String transaction() {
        String server = standing.transactionOn();
        if (server != null) {
            return connected(server);
        }
        return context.transaction() == Transaction.READ_ONLY ? read() : primary.take();
    }

    private @Nullable String previous() {
        String server = connected(context.previous());
        return server != null ? server : primary.take();
    }

    private @Nullable String connected(@Nullable String server) {
        return server != null && context.connectedTo(server) ? server : null;
    }
}
