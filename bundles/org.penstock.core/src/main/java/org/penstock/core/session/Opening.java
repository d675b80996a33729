package org.penstock.core.session;

import java.util.ArrayList;
import java.util.List;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;
import org.penstock.wire.ErrorCodes;

/** A session's way from accepted login to its first command: the chain is filled, then the router's first servers are connected, then the login is confirmed. */
final class Opening {
    private static final SqlError NOBODY =
            new SqlError(2003, "08S01", "Can't log in: no server is there that could check the password");

    private final SessionMachine machine;
    private final List<Link> awaited = new ArrayList<>(1);
    private boolean entered;

    Opening(SessionMachine machine) {
        this.machine = machine;
    }

    /** Every slot of the chain is filled. */
    void entered() {
        if (machine.phase() != SessionMachine.Phase.OPENING) {
            return;
        }
        for (String server : first(machine)) {
            awaited.add(machine.links().to(server));
        }
        entered = true;
        serverReady();
    }

    /**
     * Servers without which no login is confirmed: the router's, and where only servers can check the client and the router needs none, any that can be used.
     *
     * @throws ProtocolException when there is nobody to check the client
     */
    static List<String> first(SessionMachine machine) {
        RouterSession router = machine.chain().router().serving();
        List<String> first = ModuleFailure.guard(machine.chain().router().label(), router::connectFirst);
        if (!first.isEmpty() || !machine.port().awaitsServer()) {
            return first;
        }
        return machine.servers().stream()
                .filter(ServerView::usable)
                .findFirst()
                .map(server -> List.of(server.name()))
                .orElseThrow(() -> new ProtocolException(NOBODY));
    }

    /** A server may be the last that was waited for. */
    void serverReady() {
        if (machine.phase() == SessionMachine.Phase.OPENING
                && entered
                && awaited.stream().noneMatch(Opening::underWay)) {
            if (machine.port().awaitsServer() && machine.links().all().isEmpty()) {
                machine.farewell().abort(NOBODY);
                return;
            }
            awaited.clear();
            machine.phase(SessionMachine.Phase.RUNNING);
            machine.port().opened();
        }
    }

    private static boolean underWay(Link link) {
        return !link.ready() && link.state() != Link.State.CLOSED;
    }

    /** Whether the router is asked about a server that cannot be connected; not where that server has refused a client whom only servers can check. */
    boolean asksRouter(SqlError why) {
        return entered && !(machine.port().awaitsServer() && why.code() == ErrorCodes.ACCESS_DENIED);
    }
}
