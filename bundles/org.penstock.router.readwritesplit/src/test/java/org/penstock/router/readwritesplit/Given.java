package org.penstock.router.readwritesplit;

import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.SLAVE;
import static org.penstock.testkit.FakeServer.running;

import java.util.HashMap;
import java.util.Map;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterSession;
import org.penstock.testkit.FakeCommand;
import org.penstock.testkit.FakeConfiguration;
import org.penstock.testkit.FakeModuleContext;
import org.penstock.testkit.FakeRouterContext;
import org.penstock.testkit.FakeServer;
import org.penstock.testkit.FakeSession;

/** A service with a primary {@code m} and two replicas, and one session of it. */
final class Given {
    final FakeServer m = running("m", MASTER).fact("depth", "0");
    final FakeServer s1 = running("s1", SLAVE).fact("depth", "1").fact("replication_lag", "0");
    final FakeServer s2 = running("s2", SLAVE).fact("depth", "1").fact("replication_lag", "0");
    final FakeRouterContext context =
            new FakeRouterContext(new FakeSession().service("rw").id(3), m, s1, s2);
    final FakeModuleContext module = new FakeModuleContext("rw");
    private long number;

    static ReadWriteSplitSettings settings(String... keysAndValues) {
        return ReadWriteSplitSettings.of(config(keysAndValues));
    }

    static ReadWriteSplitConfig config(String... keysAndValues) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            parameters.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return FakeConfiguration.of(ReadWriteSplitConfig.class, parameters);
    }

    ReadWriteSplit router(String... keysAndValues) {
        ReadWriteSplit router = new ReadWriteSplit(config(keysAndValues));
        router.start(module);
        return router;
    }

    /** A session whose first connections are open. */
    RouterSession session(String... keysAndValues) {
        RouterSession session = router(keysAndValues).open(context);
        context.linked(session.connectFirst().toArray(new String[0]));
        return session;
    }

    Route query(RouterSession session, String sql) {
        return route(session, FakeCommand.query(sql));
    }

    Route route(RouterSession session, FakeCommand command) {
        Route route = session.route(command.numbered(++number), context.holder());
        if (route instanceof Route.To to) {
            context.linked(to.server()).previous(to.server());
        }
        return route;
    }

    /** The name of the server that the query goes to. */
    String server(RouterSession session, String sql) {
        return query(session, sql) instanceof Route.To to ? to.server() : null;
    }

    /** Takes a connection away and tells the session. */
    void lose(RouterSession session, FakeServer server) {
        context.lost(server.name());
        session.onConnectionLost(server, false);
    }
}
