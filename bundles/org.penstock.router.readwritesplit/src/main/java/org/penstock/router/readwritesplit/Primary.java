package org.penstock.router.readwritesplit;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.penstock.api.router.RouterContext;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;

/** The primary of one session: it keeps the one it has as long as that is one, and takes another where the parameters and the session's state allow it. */
final class Primary {
    private final RouterContext context;
    private final ReadWriteSplitSettings settings;
    private final Losses losses;
    private final Consumer<String> giveUp;
    private @Nullable String name;

    /** @param giveUp takes the name of a server whose connection is not to be kept */
    Primary(RouterContext context, ReadWriteSplitSettings settings, Losses losses, Consumer<String> giveUp) {
        this.context = context;
        this.settings = settings;
        this.losses = losses;
        this.giveUp = giveUp;
    }

    /** The session's primary, whether it is one at present or not; null before it had one. */
    @Nullable
    String name() {
        return name;
    }

    boolean is(String server) {
        return server.equals(name);
    }

    /** Whether the session is connected to its primary, and the monitor says that it is one. */
    boolean serves() {
        return name != null && context.connectedTo(name) && stillIs(name);
    }

    /** The primary that the session had in the generation before; null when it had none. */
    void keep(@Nullable String server) {
        name = server;
    }

    /** Chooses the primary for a session that begins. */
    void choose() {
        ServerView root = root();
        name = root == null ? null : root.name();
    }

    /** The primary for a statement, which need not be connected yet; null when there is none that the session may use. */
    @Nullable
    String take() {
        if (serves()) {
            return name;
        }
        ServerView root = root();
        if (root == null || !mayConnect()) {
            return null;
        }
        String former = name;
        if (former != null && !root.name().equals(former) && context.connectedTo(former)) {
            giveUp.accept(former);
        }
        name = root.name();
        return name;
    }

    /** Whether there is one, whether the session may connect to it or not. */
    boolean available() {
        return root() != null;
    }

    /** Whether another server has become the primary. */
    boolean moved() {
        ServerView root = root();
        return name != null && root != null && !root.name().equals(name) && !stillIs(name);
    }

    /** Whether the monitor knows of no primary at all; one in maintenance is on the operator's mind. */
    boolean gone() {
        ServerView own = Roles.named(context.servers(), name);
        return root() == null && (own == null || !own.is(ServerStatus.MAINTENANCE));
    }

    private @Nullable ServerView root() {
        return Roles.root(context.servers(), losses, context::connectedTo);
    }

    private boolean stillIs(String server) {
        ServerView own = Roles.named(context.servers(), server);
        return own != null && Roles.isPrimary(own);
    }

    private boolean mayConnect() {
        boolean first = name == null && settings.links().lazy();
        return (first || settings.primary().mayChange()) && context.replayable();
    }
}
