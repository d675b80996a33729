package org.penstock.core.session;

import java.util.List;
import org.penstock.api.router.RouterSession;

/** A session's way from accepted login to its first command: the chain is filled, then the router's first servers are connected, then the login is confirmed. */
final class Opening {
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
        RouterSession router = machine.chain().router().serving();
        List<String> first = ModuleFailure.guard(machine.chain().router().label(), router::connectFirst);
        for (String server : first) {
            machine.links().to(server);
        }
        entered = true;
        serverReady();
    }

    /** A server may be the last that was waited for. */
    void serverReady() {
        if (machine.phase() == SessionMachine.Phase.OPENING
                && entered
                && machine.links().allReady()) {
            machine.phase(SessionMachine.Phase.RUNNING);
            machine.port().opened();
        }
    }
}
