package org.penstock.core.session;

import org.penstock.api.command.Answer;

/** A KILL command that is being decided: waits until what was sent before it has been answered, as it would at a server, then for what the port makes of it. */
final class PendingKill implements SessionPort.KillOutcome {
    private final SessionMachine machine;
    private final Kill kill;
    private boolean begun;
    private long victim;

    PendingKill(SessionMachine machine, Kill kill) {
        this.machine = machine;
        this.kill = kill;
    }

    /** The session whose connection is killed by a server's answer, 0 for none. */
    long victim() {
        return victim;
    }

    /** Begins once it is the command's turn. */
    void go() {
        if (!begun && machine.exchanges().isEmpty() && machine.links().allIdle()) {
            begun = true;
            machine.port().kill(kill, this);
        }
    }

    @Override
    public void answer(Answer answer) {
        machine.guard().handle(() -> machine.decision().killed(this, answer, null, null));
    }

    @Override
    public void send(String server, byte[] command, long id) {
        victim = id;
        machine.guard().handle(() -> machine.decision().killed(this, null, server, command));
    }

    @Override
    public void route() {
        machine.guard().handle(() -> machine.decision().killed(this, null, null, null));
    }
}
