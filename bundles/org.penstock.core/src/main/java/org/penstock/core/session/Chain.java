package org.penstock.core.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterSession;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.Plan;
import org.penstock.wire.CommandType;

/** A session's parts of the plan that it is on: one slot for each filter in order, then the router's. */
final class Chain {
    private final SessionMachine machine;
    private @Nullable Plan plan;
    private ChainSlot<Filter, FilterSession>[] filters = newSlots(0);
    private @Nullable ChainSlot<Router, RouterSession> router;
    private int headNeed;
    private int kept;

    Chain(SessionMachine machine) {
        this.machine = machine;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ChainSlot<Filter, FilterSession>[] newSlots(int count) {
        return new ChainSlot[count];
    }

    int size() {
        return filters.length;
    }

    ChainSlot<Filter, FilterSession> filter(int index) {
        return filters[index];
    }

    ChainSlot<Router, RouterSession> router() {
        ChainSlot<Router, RouterSession> slot = router;
        if (slot == null) {
            throw new IllegalStateException("the session has no plan yet");
        }
        return slot;
    }

    @Nullable
    Plan plan() {
        return plan;
    }

    /** Slots that stayed on an older generation than the plan's, or empty, at the last move. */
    int kept() {
        return kept;
    }

    /** What an empty slot is called, or null when every slot is filled. */
    @Nullable
    String missing() {
        for (ChainSlot<Filter, FilterSession> slot : filters) {
            if (slot.part() == null) {
                return "filter '" + slot.name() + "'";
            }
        }
        ChainSlot<Router, RouterSession> last = router;
        return last == null || last.part() == null
                ? "router of service '" + machine.state().service() + "'"
                : null;
    }

    /**
     * Goes over to another plan: parts of unchanged generations stay, others hand their state on.
     *
     * @throws ModuleFailure when a slot could not be filled before the session is open, or refused the session
     */
    void moveTo(Plan next) {
        List<ChainSlot<Filter, FilterSession>> old = new ArrayList<>(List.of(filters));
        ChainSlot<Filter, FilterSession>[] slots = newSlots(next.filters().size());
        kept = 0;
        for (int i = 0; i < slots.length; i++) {
            Plan.Slot<Filter> planned = next.filters().get(i);
            ChainSlot<Filter, FilterSession> slot = take(old, planned.name());
            slots[i] = slot == null ? ChainSlot.filter(machine, planned.name()) : slot;
        }
        for (ChainSlot<Filter, FilterSession> gone : old) {
            gone.close();
        }
        filters = slots;
        plan = next;
        for (int i = 0; i < slots.length; i++) {
            enter(slots[i], next.filters().get(i).generation());
        }
        ChainSlot<Router, RouterSession> last = router;
        if (last == null) {
            last = ChainSlot.router(machine, next.router().name());
            router = last;
        }
        enter(last, next.router().generation());
        interestsChanged();
    }

    private <M, P> void enter(ChainSlot<M, P> slot, @Nullable Generation<M> generation) {
        if (!slot.moveTo(generation)) {
            kept++;
        }
    }

    private static @Nullable ChainSlot<Filter, FilterSession> take(
            List<ChainSlot<Filter, FilterSession>> slots, String name) {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).name().equals(name)) {
                return slots.remove(i);
            }
        }
        return null;
    }

    /** Opens every part anew, with the state of the one before, as after a change of the account. */
    void reopen(Plan current) {
        for (int i = 0; i < filters.length; i++) {
            filters[i].leave();
            filters[i].moveTo(current.filters().get(i).generation());
        }
        interestsChanged();
    }

    /** Reads again what the parts want to see of commands. */
    void interestsChanged() {
        int most = 0;
        for (ChainSlot<Filter, FilterSession> slot : filters) {
            most = Math.max(most, slot.readInterest());
        }
        ChainSlot<Router, RouterSession> last = router;
        headNeed = last == null ? most : Math.max(most, last.readInterest());
    }

    /** Reads again what one part wants to see of commands. */
    void interestChanged(ChainSlot<?, ?> slot) {
        headNeed = Math.max(headNeed, slot.readInterest());
    }

    private int need() {
        return Math.max(1, headNeed);
    }

    /** Payload bytes that must be at hand before a command with this command byte is decided. */
    int need(int code, int length) {
        return switch (code) {
            case CommandType.CHANGE_USER -> AccountChange.MAX_PAYLOAD;
            // short ones as a whole: they may change the default database
            // or be a KILL
            case CommandType.QUERY, CommandType.INIT_DB, CommandType.PROCESS_KILL ->
                length <= DefaultDatabase.MAX_LENGTH ? length : need();
            default -> need();
        };
    }

    /** The slot that refuses a command of this length because it must see all of it, or null. */
    @Nullable
    ChainSlot<?, ?> refuses(long length) {
        for (ChainSlot<Filter, FilterSession> slot : filters) {
            if (overCap(slot.interest(), length)) {
                return slot;
            }
        }
        ChainSlot<Router, RouterSession> last = router;
        return last != null && overCap(last.interest(), length) ? last : null;
    }

    private static boolean overCap(CommandInterest interest, long length) {
        return interest.kind() == CommandInterest.Kind.COMPLETE && length > interest.limit();
    }

    List<String> describe() {
        List<String> parts = new ArrayList<>();
        for (ChainSlot<Filter, FilterSession> slot : filters) {
            parts.add(slot.described());
        }
        ChainSlot<Router, RouterSession> last = router;
        if (last != null) {
            parts.add(last.described());
        }
        return parts;
    }

    void close() {
        for (ChainSlot<Filter, FilterSession> slot : filters) {
            slot.close();
        }
        ChainSlot<Router, RouterSession> last = router;
        if (last != null) {
            last.close();
        }
    }
}
