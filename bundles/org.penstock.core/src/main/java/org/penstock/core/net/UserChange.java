package org.penstock.core.net;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.Link;

/** A change of the account on every server connection of a session; confirmed to the client when all have followed. */
final class UserChange {
    private final NettySession session;
    private final List<Link> links;
    private final @Nullable String database;
    private final Runnable confirmed;
    private final Runnable failed;
    private int left;

    /**
     * @param database the default database behind the change
     * @param confirmed runs when all connections have followed
     * @param failed runs when one has not, before the session ends
     */
    UserChange(NettySession session, List<Link> links, @Nullable String database, Runnable confirmed, Runnable failed) {
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
            failed.run();
            session.machine().end(error);
            session.machine().close();
            left = -1;
            return;
        }
        if (--left == 0) {
            confirmed.run();
        }
    }
}
