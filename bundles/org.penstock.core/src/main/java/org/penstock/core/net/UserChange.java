package org.penstock.core.net;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.Link;

/** A change of the account on every server connection of a session; confirmed to the client when all have followed. */
final class UserChange {
    private final NettySession session;
    private final List<Link> links;
    private final Runnable confirmed;
    private int left;

    UserChange(NettySession session, List<Link> links, Runnable confirmed) {
        this.session = session;
        this.links = links;
        this.confirmed = confirmed;
        this.left = links.size();
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
        if (error != null) {
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
