package org.penstock.core.session;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterSession;
import org.penstock.api.session.ModuleState;
import org.penstock.core.plan.Generation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named place of a session's chain: the generation that serves there, its part in this session, and, while nobody serves, the state of the last one.
 *
 * @param <M> the module's interface
 * @param <P> the interface of its part in a session
 */
final class ChainSlot<M, P> {
    private static final Logger LOG = LoggerFactory.getLogger(ChainSlot.class);

    /** How a kind of module is opened, moved and closed. */
    private record Kind<M, P>(
            String word,
            BiFunction<M, SlotContext, P> open,
            Function<P, CommandInterest> interest,
            Function<P, ModuleState> exported,
            BiConsumer<P, ModuleState> imported,
            Consumer<P> close,
            Function<M, Boolean> newSessionsOnly) {}

    private static final Kind<Filter, FilterSession> FILTER = new Kind<>(
            "filter",
            Filter::open,
            FilterSession::interest,
            FilterSession::exportState,
            FilterSession::importState,
            FilterSession::close,
            Filter::newSessionsOnly);

    private static final Kind<Router, RouterSession> ROUTER = new Kind<>(
            "router",
            Router::open,
            RouterSession::interest,
            RouterSession::exportState,
            RouterSession::importState,
            RouterSession::close,
            Router::newSessionsOnly);

    private final SessionMachine machine;
    private final Kind<M, P> kind;
    private final String name;
    private final String label;
    private @Nullable Generation<M> generation;
    private @Nullable P part;
    private @Nullable SlotContext context;
    private CommandInterest interest = CommandInterest.NOTHING;
    private ModuleState saved = ModuleState.NONE;

    /** Why the generation that the plan names did not take its place here, or null. */
    private @Nullable String behind;

    private ChainSlot(SessionMachine machine, Kind<M, P> kind, String name) {
        this.machine = machine;
        this.kind = kind;
        this.name = name;
        this.label = kind.word() + " '" + name + "'";
    }

    static ChainSlot<Filter, FilterSession> filter(SessionMachine machine, String name) {
        return new ChainSlot<>(machine, FILTER, name);
    }

    static ChainSlot<Router, RouterSession> router(SessionMachine machine, String name) {
        return new ChainSlot<>(machine, ROUTER, name);
    }

    String name() {
        return name;
    }

    /** Kind and name, as in messages. */
    String label() {
        return label;
    }

    @Nullable
    Generation<M> generation() {
        return generation;
    }

    @Nullable
    P part() {
        return part;
    }

    /** The part of a slot that is known to be filled. */
    P serving() {
        P current = part;
        if (current == null) {
            throw new IllegalStateException(label + " is empty");
        }
        return current;
    }

    /** The generation, and why it is not the one that the plan names. */
    String described() {
        String current = generation == null ? label + ": nobody" : String.valueOf(generation);
        return behind == null ? current : current + ", not the next one: " + behind;
    }

    CommandInterest interest() {
        return interest;
    }

    /** Asks the part what it wants to see and returns the bytes that must be at hand for it. */
    int readInterest() {
        P current = part;
        interest = current == null ? CommandInterest.NOTHING : ask(current);
        return interest.limit();
    }

    private CommandInterest ask(P current) {
        try {
            return Objects.requireNonNull(kind.interest().apply(current), "no interest");
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw ModuleFailure.of(label, e);
        }
    }

    /** Whether the part's interest may have changed since it was last read. */
    boolean interestDiffers() {
        P current = part;
        return current != null && !ask(current).equals(interest);
    }

    /**
     * Lets another generation serve here, or nobody.
     *
     * @return false when the predecessor serves on although the plan names another generation, or the slot stays empty because there is none
     * @throws ModuleFailure when there is no predecessor, and the newcomer failed while the session opens, or refused the session
     */
    boolean moveTo(@Nullable Generation<M> next) {
        if (next == generation && part != null) {
            return true;
        }
        if (next == null || !next.enter()) {
            leave();
            return true;
        }
        P old = part;
        SlotContext opened = new SlotContext(machine, label);
        P successor = null;
        try {
            if (old != null && kind.newSessionsOnly().apply(next.module())) {
                next.left();
                return false;
            }
            ModuleState state =
                    Objects.requireNonNull(old == null ? saved : kind.exported().apply(old), "no state");
            successor = Objects.requireNonNull(kind.open().apply(next.module(), opened), "no part");
            if (!state.equals(ModuleState.NONE)) {
                kind.imported().accept(successor, state);
            }
            ask(successor);
            machine.keeping().require(successor);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            opened.close();
            if (successor != null) {
                close(successor);
            }
            next.left();
            notEntered(next, old, e);
            return false;
        }
        closePart();
        behind = null;
        generation = next;
        part = successor;
        context = opened;
        saved = ModuleState.NONE;
        return true;
    }

    private void notEntered(Generation<M> next, @Nullable P old, Throwable failure) {
        behind = failure.getMessage();
        boolean refused = failure instanceof ProtocolException;
        if (old == null && (refused || machine.phase() == SessionMachine.Phase.OPENING)) {
            throw ModuleFailure.of(label, failure);
        }
        LOG.atWarn()
                .addKeyValue("session", machine.state().id())
                .setCause(LOG.isDebugEnabled() ? failure : null)
                .log(
                        "{}: the session {}, {} failed: {}",
                        label,
                        old == null ? "waits for another one" : "stays on the one before",
                        next,
                        failure.toString());
    }

    /** Closes the part and keeps its state; without a state that can be had, the successor starts anew. */
    void leave() {
        P old = part;
        if (old == null) {
            return;
        }
        try {
            saved = Objects.requireNonNull(kind.exported().apply(old), "no state");
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            saved = ModuleState.NONE;
            warn("its state in session {} is lost: {}", e);
        }
        closePart();
    }

    void close() {
        closePart();
        saved = ModuleState.NONE;
    }

    private void closePart() {
        P old = part;
        Generation<M> former = generation;
        SlotContext opened = context;
        part = null;
        generation = null;
        context = null;
        interest = CommandInterest.NOTHING;
        if (opened != null) {
            opened.close();
        }
        if (old != null) {
            close(old);
        }
        if (former != null) {
            former.left();
        }
    }

    private void close(P ended) {
        try {
            kind.close().accept(ended);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            warn("closing its part in session {} failed: {}", e);
        }
    }

    private void warn(String what, Throwable failure) {
        LOG.warn("{}: " + what, label, machine.state().id(), failure.toString());
    }
}
