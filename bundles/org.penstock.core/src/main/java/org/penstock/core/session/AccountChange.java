package org.penstock.core.session;

import org.penstock.core.plan.Plan;

/** A COM_CHANGE_USER under way: nothing else of the client is looked at until the session and its servers have the new account. */
final class AccountChange {
    /** Most payload bytes of a COM_CHANGE_USER. */
    static final int MAX_PAYLOAD = 64 * 1024;

    private final SessionMachine machine;
    private boolean changing;

    AccountChange(SessionMachine machine) {
        this.machine = machine;
    }

    boolean changing() {
        return changing;
    }

    /** The client asked to log in anew. */
    void change(byte[] payload) {
        changing = true;
        machine.flow().lend();
        machine.port().changeUser(payload);
    }

    /** The client keeps the account that it has. */
    void refused() {
        changing = false;
    }

    /** The client is accepted anew, and its server connections have followed. */
    void changed(SessionState.Login login) {
        changing = false;
        machine.state().changed(login);
        Plan plan = machine.chain().plan();
        if (plan != null) {
            machine.chain().reopen(plan);
        }
    }
}
