package org.penstock.core.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.api.router.RouterSession;
import org.penstock.core.plan.Plan;
import org.penstock.core.session.state.History;

/** What others may know of a session: how busy it is, what it waits for, and which modules it has parts of. Read on the session's loop. */
public final class Standing {
    private final SessionMachine machine;

    Standing(SessionMachine machine) {
        this.machine = machine;
    }

    /** Commands of the client so far. */
    public long commands() {
        return machine.decision().commands();
    }

    /** Whether the session waits for its client: nothing is in flight, undecided or waiting. */
    public boolean idle() {
        return machine.phase() == SessionMachine.Phase.RUNNING
                && machine.exchanges().isEmpty()
                && !machine.decision().pending()
                && !machine.account().changing();
    }

    /** What the session waits for, or null. */
    public @Nullable String waitingFor() {
        return machine.moves().waitingFor();
    }

    /** The plan that the session is on, or null before its first. */
    public @Nullable Plan plan() {
        return machine.chain().plan();
    }

    /** The generations that this session has parts of, filters in order, then the router. */
    public List<String> modules() {
        return machine.chain().describe();
    }

    /** What the router's part has counted; empty where there is none. */
    public Map<String, Long> counts() {
        ChainSlot<?, RouterSession> router =
                machine.chain().plan() == null ? null : machine.chain().router();
        if (router == null) {
            return Map.of();
        }
        RouterSession part = router.part();
        return part == null ? Map.of() : ModuleFailure.guard(router.label(), part::counts);
    }

    /** What is known of the client's work, by what it is called; empty where the router does not ask for it. */
    public Map<String, String> followed() {
        Keeping keeping = machine.keeping();
        Following following = keeping.following();
        if (following == null) {
            return Map.of();
        }
        Map<String, String> known = new LinkedHashMap<>();
        Link previous = machine.links().previous();
        History history = keeping.history();
        known.put("Transaction", following.transaction().toString());
        known.put("Stays with", following.staysWith());
        known.put("Temporary tables", String.join(", ", following.temporary().names()));
        known.put(
                "Prepared statements",
                keeping.ids().prepared().count() + ", by name "
                        + following.named().count());
        known.put("History", history == null ? "not kept" : history.length() + (history.whole() ? "" : ", incomplete"));
        known.put(
                "Previous server", previous == null ? "none" : previous.server().name());
        known.put("Dialect", machine.statements().described());
        return known;
    }

    /** Whether a slot stayed on an older generation than the plan's. */
    public boolean keptBehind() {
        return machine.chain().kept() > 0;
    }
}
