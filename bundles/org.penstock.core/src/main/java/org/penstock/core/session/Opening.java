package org.penstock.core.session;

import java.util.List;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;

/** A session's way from accepted login to its first command: the chain is filled, then the router's first servers are connected, then the login is confirmed. */
final class Opening {
    private static final SqlError NOBODY =
            new SqlError(2003, "08S01", "Can't log in: no server is there that could check the password");

    private final SessionMachine machine;
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
            machine.links().to(server);
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
                && machine.links().allReady()) {
            if (machine.port().awaitsServer() && machine.links().all().isEmpty()) {
                machine.farewell().abort(NOBODY);
                return;
            }
            machine.phase(SessionMachine.Phase.RUNNING);
            machine.port().opened();
        }
    }
}
