package org.penstock.router.readconnroute;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.ModuleState;

/** The router's part in one session: everything goes to the server that was chosen at its start. */
final class ReadConnSession implements RouterSession {
    private static final int STATE_VERSION = 1;
    private static final String STATE_SERVER = "server";

    private final RouterContext context;
    private final boolean masterOnly;
    private final LongAdder routed;
    private ServerView server;
    private Route toServer;
    private boolean mustStayMaster;

    ReadConnSession(RouterContext context, ServerView server, boolean masterOnly, LongAdder routed) {
        this.context = context;
        this.masterOnly = masterOnly;
        this.routed = routed;
        this.server = server;
        this.toServer = Route.to(server.name());
        this.mustStayMaster = masterOnly && server.is(ServerStatus.MASTER);
    }

    @Override
    public CommandInterest interest() {
        return CommandInterest.NOTHING;
    }

    @Override
    public List<String> connectFirst() {
        return List.of(server.name());
    }

    @Override
    public Route route(Command command, Holds holds) {
        routed.increment();
        return toServer;
    }

    @Override
    public OnLoss onConnectionLost(ServerView lost, boolean waiting) {
        return lost.name().equals(server.name()) ? OnLoss.CLOSE : OnLoss.GO_ON;
    }

    @Override
    public void onServersChanged() {
        if (mustStayMaster && !server.is(ServerStatus.MAINTENANCE) && !isRootMaster()) {
            mustStayMaster = false;
            context.close(new SqlError(
                    ReadConnRoute.ROUTING_FAILED,
                    "HY000",
                    "Service '" + context.service() + "': server '" + server.name()
                            + "' is no longer the master; the session is closed"));
        }
    }

    @Override
    public ModuleState exportState() {
        return new ModuleState(STATE_VERSION, Map.of(STATE_SERVER, server.name()));
    }

    @Override
    public void importState(ModuleState state) {
        String name = state.getString(STATE_SERVER, server.name());
        for (ServerView candidate : context.servers()) {
            if (candidate.name().equals(name) && context.connected().contains(name)) {
                server = candidate;
                toServer = Route.to(name);
                mustStayMaster = masterOnly && candidate.is(ServerStatus.MASTER);
            }
        }
    }

    private boolean isRootMaster() {
        ServerView root = ServerPicker.rootMaster(context.servers());
        return root != null && root.name().equals(server.name());
    }
}
