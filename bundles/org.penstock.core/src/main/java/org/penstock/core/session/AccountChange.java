package org.penstock.core.session;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.core.plan.Plan;

/** A COM_CHANGE_USER under way: nothing else of the client is looked at until the session and its servers have the new account. */
public final class AccountChange {
    /** Most payload bytes of a COM_CHANGE_USER. */
    static final int MAX_PAYLOAD = 64 * 1024;

    private final SessionMachine machine;
    private Set<Link> asked = Set.of();
    private @Nullable Consumer<@Nullable SqlError> verdict;
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

    /** The servers begin to follow. */
    public void begun() {
        machine.state().fresh();
    }

    /** The flags with which the session begins anew. */
    public void status(int flags) {
        machine.state().serverStatus(flags);
    }

    /** Has the new account checked by servers that are connected for it; the outcome gets null once all have let it in, or the error of the first that has not. */
    public void check(SessionState.Login login, Consumer<@Nullable SqlError> outcome) {
        machine.guard().run(() -> {
            machine.state().changed(login);
            machine.state().fresh();
            machine.keeping().reset(Long.MAX_VALUE);
            verdict = outcome;
            asked = new HashSet<>();
            try {
                for (String server : Opening.first(machine)) {
                    asked.add(machine.links().to(server));
                }
            } catch (ProtocolException e) {
                decide(e.error());
            } catch (ModuleFailure e) {
                decide(e.error());
            }
        });
    }

    /** A server has let the session's account in. */
    void serverReady(Link link) {
        if (asked.contains(link) && asked.stream().allMatch(Link::ready)) {
            decide(null);
        }
    }

    /** A server is gone; whether the new account was to be checked by it. */
    boolean serverLost(Link link, SqlError why) {
        if (!asked.contains(link)) {
            return false;
        }
        machine.links().remove(link);
        machine.keeping().lost(link);
        decide(why);
        return true;
    }

    private void decide(@Nullable SqlError error) {
        Consumer<@Nullable SqlError> told = verdict;
        verdict = null;
        asked = Set.of();
        if (told != null) {
            told.accept(error);
        }
    }

    /** The client keeps the account that it has. */
    void refused() {
        changing = false;
        machine.keeping().reset(Long.MAX_VALUE);
    }

    /** The client is accepted anew, and its server connections have followed. */
    void changed(SessionState.Login login) {
        changing = false;
        machine.state().changed(login);
        machine.keeping().reset(Long.MAX_VALUE);
        Plan plan = machine.chain().plan();
        if (plan != null) {
            machine.chain().reopen(plan);
        }
    }
}
