package org.penstock.core.net;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.Store;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.LoginRules;
import org.penstock.core.plan.Plan;
import org.penstock.core.server.Server;
import org.penstock.core.service.Service;
import org.penstock.core.session.CollectBudget;

/** A service as its clients' connections need it. Safe on any thread; every answer is a snapshot. */
public interface Frontend {
    Service service();

    /** The plan that new sessions enter, or null while there is none. */
    @Nullable
    Plan plan();

    /** The servers, in configured order. */
    List<ServerView> servers();

    @Nullable
    Server server(String name);

    /** The dialect of a name, or null while no bundle offers it. */
    @Nullable
    Protocol protocol(String name);

    /** What logins of a listener with that policy ask. */
    LoginRules rules(LoginPolicy policy);

    /** What a new client is greeted with. */
    Greeting greeting(long connectionId, byte[] seed);

    /** The machine that proves a credential to a server for a plugin, or null when there is none. */
    @Nullable
    ServerAuth serverAuth(String plugin, ServerAuthRequest request);

    /** The service's store. */
    Store store();

    /** The error for a client beyond the limit of connections, or null; when null, {@code Service.sessionClosed} must follow. */
    @Nullable
    SqlError admit();

    CollectBudget budget();

    /** Milliseconds for a connection to a server, login included. */
    long connectTimeoutMillis();

    /** The accounts at hand may be older than what a client has just changed. */
    default void accountsChanged() {}

    /** Another service by name, for branches; null when there is none. */
    @Nullable
    Frontend other(String service);
}
