package org.penstock.router.readwritesplit;

import java.util.HashMap;
import java.util.Map;
import org.penstock.api.router.Route;

/** The routes to the servers of one session, made once. */
final class Routes {
    private record PerServer(Route once, Route again, Route all) {}

    private final Map<String, PerServer> servers = new HashMap<>(4);

    Route to(String server, boolean retry) {
        PerServer routes = of(server);
        return retry ? routes.again() : routes.once();
    }

    Route toAll(String answering) {
        return of(answering).all();
    }

    private PerServer of(String server) {
        PerServer routes = servers.get(server);
        if (routes == null) {
            routes = new PerServer(Route.to(server), Route.to(server, true), Route.toAll(server));
            servers.put(server, routes);
        }
        return routes;
    }
}
