package org.penstock.core.session;

import java.util.function.Consumer;
import org.penstock.api.session.Branch;

/** A branch that one slot of a session has opened: what it is told comes on the loop behind the event at hand, and no longer once the slot was closed. */
final class SlotBranch implements Branch {
    private final SessionMachine machine;
    private final String slot;
    private final Branch branch;
    private boolean told = true;

    SlotBranch(SessionMachine machine, String slot, Branch branch) {
        this.machine = machine;
        this.slot = slot;
        this.branch = branch;
    }

    @Override
    public void send(byte[] command, Consumer<Result> ended) {
        machine.moves().taskStarted();
        branch.send(command, result -> machine.port()
                .execute(() -> machine.moves().taskEnded(slot, told ? () -> ended.accept(result) : null)));
    }

    @Override
    public boolean open() {
        return branch.open();
    }

    @Override
    public void close() {
        branch.close();
    }

    /** Closes it with its slot, whose module hears no more of it. */
    void abandon() {
        told = false;
        branch.close();
    }
}
