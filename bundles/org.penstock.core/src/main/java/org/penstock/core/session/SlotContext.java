package org.penstock.core.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.RouterContext;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.Branch;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Transaction;

/** The tools that one slot of one session has; void after the slot was closed. */
final class SlotContext implements RouterContext {
    private final SessionMachine machine;
    private final String slot;
    private @Nullable List<SlotBranch> branches;
    private boolean open = true;

    SlotContext(SessionMachine machine, String slot) {
        this.machine = machine;
        this.slot = slot;
    }

    void close() {
        open = false;
        List<SlotBranch> opened = branches;
        branches = null;
        if (opened != null) {
            opened.forEach(SlotBranch::abandon);
        }
    }

    @Override
    public <T> void background(Callable<T> task, Outcome<T> outcome) {
        requireOpen();
        machine.moves().taskStarted();
        try {
            machine.port().background(task, (result, failure) -> {
                machine.moves().taskEnded(slot, open ? () -> outcome.done(result, failure) : null);
            });
        } catch (RuntimeException e) {
            machine.moves().taskRefused();
            throw e;
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        requireOpen();
        return machine.port().after(delay, () -> {
            if (open) {
                machine.guard().call(slot, task);
            }
        });
    }

    @Override
    public Branch branch(String service) {
        requireOpen();
        SlotBranch opened = new SlotBranch(machine, slot, machine.port().branch(service));
        List<SlotBranch> known = branches;
        if (known == null) {
            known = new ArrayList<>();
            branches = known;
        }
        known.removeIf(branch -> !branch.open());
        known.add(opened);
        return opened;
    }

    @Override
    public List<ServerView> servers() {
        return machine.servers();
    }

    @Override
    public Set<String> connected() {
        return machine.links().names();
    }

    @Override
    public boolean connectedTo(String server) {
        return machine.links().has(server);
    }

    @Override
    public void connect(String server) {
        if (open) {
            machine.links().connect(server);
        }
    }

    @Override
    public void disconnect(String server) {
        if (open) {
            machine.links().disconnect(server);
            machine.port().execute(() -> machine.guard().run(machine::settle));
        }
    }

    @Override
    public @Nullable String previous() {
        Link bound = machine.statements().bound();
        Link link = bound == null ? machine.links().previous() : bound;
        return link == null ? null : link.server().name();
    }

    @Override
    public boolean previousLost() {
        return machine.statements().bound() == null && machine.links().previousLost();
    }

    @Override
    public Transaction transaction() {
        Following following = machine.keeping().following();
        return following == null ? inTransaction() ? Transaction.READ_WRITE : Transaction.NONE : following.found();
    }

    @Override
    public @Nullable String transactionOn() {
        Following following = machine.keeping().following();
        return following == null ? null : following.transactionOn();
    }

    @Override
    public Set<Pin> pins() {
        Following following = machine.keeping().following();
        return following == null ? Set.of() : following.pins().reasons();
    }

    @Override
    public @Nullable String pinnedTo() {
        Following following = machine.keeping().following();
        return following == null ? null : following.pinnedTo();
    }

    @Override
    public void pin(Pin reason) {
        Following following = machine.keeping().following();
        if (following == null) {
            throw new IllegalStateException("a session whose statements are not followed cannot be pinned");
        }
        following.ask(reason);
    }

    @Override
    public boolean replayable() {
        return machine.keeping().replayable();
    }

    @Override
    public void close(SqlError error) {
        if (open) {
            machine.end(error);
        }
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the session's part of " + slot + " is closed");
        }
    }

    @Override
    public long id() {
        return machine.state().id();
    }

    @Override
    public String service() {
        return machine.state().service();
    }

    @Override
    public String user() {
        return machine.state().user();
    }

    @Override
    public String clientAddress() {
        return machine.state().clientAddress();
    }

    @Override
    public @Nullable String database() {
        return machine.state().database();
    }

    @Override
    public int charset() {
        return machine.state().charset();
    }

    @Override
    public long capabilities() {
        return machine.state().capabilities();
    }

    @Override
    public int serverStatus() {
        return machine.state().serverStatus();
    }

    @Override
    public Map<String, String> attributes() {
        return machine.state().attributes();
    }
}
