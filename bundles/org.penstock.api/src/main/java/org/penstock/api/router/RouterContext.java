package org.penstock.api.router;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.SessionContext;

/** The tools of a router in one session. */
@ProviderType
@EventLoop
public interface RouterContext extends SessionContext {
    /** The service's servers, in the order of its configuration. */
    List<ServerView> servers();

    /** Names of the servers to which this session has a connection, or is opening one. */
    Set<String> connected();

    /** Ends the session: at once when nothing is in flight, else behind the reply in flight. The client's next command gets the error. */
    void close(SqlError error);
}
