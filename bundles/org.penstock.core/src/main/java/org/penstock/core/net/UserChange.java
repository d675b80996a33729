package org.penstock.core.net;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.login.Identity;
import org.penstock.core.session.Link;
import org.penstock.core.session.SessionState;

/** A change of the account on every server connection of a session; confirmed to the client when all have followed. On the session's loop. */
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
    private UserChange(NettySession session, @Nullable String database, Runnable confirmed, Consumer<SqlError> failed) {
        this.session = session;
        this.links = session.machine().connections();
        this.database = database;
        this.confirmed = confirmed;
        this.failed = failed;
        this.left = links.size();
    }

    /**
     * The client is accepted anew: its servers follow, then the session goes on.
     *
     * @param told confirms the change to the client
     * @param refused gets the error of a server that has not followed; ends the session
     */
    static void accepted(NettySession session, Identity next, Runnable told, Consumer<SqlError> refused) {
        Identity former = session.identity();
        session.identity(next);
        SessionState.Login login = NettySession.login(next);
        Runnable changed = () -> {
            former.credential().destroy();
            told.run();
            session.machine().userChanged(login);
            session.flush();
        };
        Consumer<SqlError> failed = error -> {
            former.credential().destroy();
            refused.accept(error);
        };
        if (next.awaitsServer() && !session.servers().connected()) {
            session.machine().account().check(login, error -> {
                if (error == null) {
                    changed.run();
                } else {
                    failed.accept(error);
                }
            });
        } else {
            new UserChange(session, login.database(), changed, failed).begin();
        }
    }

    /** The client is refused another account: as at a server its state is reset, and it goes on with the one that it has. */
    static void refused(NettySession session, Runnable told, Consumer<SqlError> failed) {
        Runnable reset = () -> {
            told.run();
            session.machine().userRefused();
            session.flush();
        };
        new UserChange(session, session.machine().state().database(), reset, failed).begin();
    }

    @Nullable
    String database() {
        return database;
    }

    private void begin() {
        session.machine().account().begun();
        if (links.isEmpty()) {
            confirmed.run();
            return;
        }
        links.forEach(session.servers()::unsettle);
        for (Link link : links) {
            session.servers().changeUser(link, this);
        }
    }

    /** One connection has followed; the first one's flags are the session's. */
    void done(Link link, int status) {
        if (link == links.get(0)) {
            session.machine().account().status(status);
        }
        done(link, null);
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
