package org.penstock.core.net;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.Link;

/** A change of the account on every server connection of a session; confirmed to the client when all have followed. */
final class UserChange {
    private final NettySession session;
    private final List<Link> links;
    private final @Nullable String database;
    private final Runnable confirmed;
    private final Consumer<SqlError> failed;
    private int left;

    /**
     * @param database the default database behind the change
     * @param confirmed runs when all connections have followed
     * @param failed gets the error of the first that has not; ends the session
     */
    UserChange(
            NettySession session,
            List<Link> links,
            @Nullable String database,
            Runnable confirmed,
            Consumer<SqlError> failed) {
        this.session = session;
        this.links = links;
        this.database = database;
        this.confirmed = confirmed;
        this.failed = failed;
        this.left = links.size();
    }

    @Nullable
    String database() {
        return database;
    }

    void begin() {
        if (links.isEmpty()) {
            confirmed.run();
            return;
        }
        for (Link link : links) {
            session.servers().changeUser(link, this);
        }
    }

    /** One connection has followed, or refused. */
    void done(Link link, @Nullable SqlError error) {
        if (left < 0) {
            return;
        }
        if (error != null) {
            left = -1;
            failed.accept(error);
            return;
        }
        if (--left == 0) {
            confirmed.run();
        }
    }
}
