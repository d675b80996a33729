package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterSession;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;

/**
 * The command that is being decided: runs the filters as a loop over their verdicts, then the router, then waits until the command may be sent.
 *
 * <pre>
 *   IDLE --begin--> filters --forward--> router --to--> WAITING --{@link Dispatch}--> IDLE
 *                     |  ^                 |  ^
 *                   hold resume          hold/ask resume
 * </pre>
 *
 * At most one command of a session is being decided; the ones behind it wait unread.
 */
final class Decision {
    private enum Phase {
        IDLE,
        DECIDING,
        HELD,
        ASKING,
        /** It is a KILL. */
        KILLING,
        /** Decided, but it is not its turn yet, or its server is not connected. */
        WAITING
    }

    private final SessionMachine machine;
    private final Undecided command = new Undecided();
    private final RefusedData refusedData = new RefusedData();
    private final Dispatch dispatch;
    private final Refusals refusals;
    private final Holds holds;
    private final Questions questions;
    private final CommandView view;
    private Phase phase = Phase.IDLE;
    private int slot;
    private int decided;
    private @Nullable PendingKill kill;
    private boolean streaming;
    private long commands;

    Decision(SessionMachine machine) {
        this.machine = machine;
        this.dispatch = new Dispatch(machine, this, command);
        this.refusals = new Refusals(machine);
        this.holds = new Holds(machine, this);
        this.questions = new Questions(machine, this);
        this.view = new CommandView(() -> machine.statements().of(command));
    }

    boolean pending() {
        return phase != Phase.IDLE;
    }

    RefusedData refusedData() {
        return refusedData;
    }

    /** Whether a module is being asked at this moment. */
    boolean deciding() {
        return phase == Phase.DECIDING;
    }

    /** Commands decided so far. */
    long commands() {
        return commands;
    }

    void begin(Bytes bytes, int payloadFrom, int payloadShown, long payloadLength) {
        int code = bytes.unsignedAt(payloadFrom);
        Exchange begun = machine.exchanges().acquire(++commands, code);
        command.begin(begun, bytes, payloadFrom, payloadShown, payloadLength);
        slot = 0;
        decided = 0;
        streaming = false;
        if (code == CommandType.CHANGE_USER) {
            refusedData.take(code, 0);
            phase = Phase.WAITING;
            retry();
            return;
        }
        phase = Phase.DECIDING;
        Answer failed = refusedData.take(code, command.statementId());
        Answer refusal = refusals.of(code, payloadLength);
        Answer refused = refusal == null ? failed : refusal;
        if (refused != null) {
            dispatch.local(refused, 0);
            return;
        }
        filters();
    }

    /** Decides anew about a command that was lost with its server: the filters have seen it. */
    void again(Exchange lost) {
        byte[] kept = lost.copy();
        command.begin(lost, new ArrayBytes(kept), 0, kept.length, kept.length);
        command.hint(lost.hints);
        phase = Phase.DECIDING;
        askRouter();
    }

    private void filters() {
        Chain chain = machine.chain();
        while (phase == Phase.DECIDING && slot < chain.size()) {
            ChainSlot<?, FilterSession> current = chain.filter(slot);
            if (current.interest().limit() == 0) {
                slot++;
            } else {
                apply(ask(current), current);
            }
        }
        if (phase == Phase.DECIDING) {
            route();
        }
    }

    private Verdict ask(ChainSlot<?, FilterSession> current) {
        showView(current.interest());
        try {
            return current.serving().onCommand(view, holds);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw ModuleFailure.of(current.label(), e);
        } finally {
            view.clear();
        }
    }

    private void showView(CommandInterest interest) {
        int cap =
                switch (interest.kind()) {
                    case NOTHING -> 1;
                    case HEAD -> interest.limit();
                    case COMPLETE, STREAM -> Integer.MAX_VALUE;
                };
        command.show(view, cap);
        view.charset(machine.charset());
        view.hints(command.hints());
    }

    /** Takes one filter's verdict; leaves the phase at DECIDING when the command goes on to the next slot. */
    private void apply(@Nullable Verdict verdict, ChainSlot<?, FilterSession> by) {
        if (verdict instanceof Verdict.Held held) {
            holds.check(held.hold(), by.label());
            phase = Phase.HELD;
            return;
        }
        holds.cancel();
        int at = slot;
        slot = at + 1;
        decided = slot;
        if (by.interestDiffers()) {
            machine.chain().interestChanged(by);
        }
        if (verdict instanceof Verdict.Forward forward) {
            goOn(at, forward.reply(), by);
        } else if (verdict instanceof Verdict.Hinted hinted) {
            command.hint(hinted.hints());
            goOn(at, hinted.reply(), by);
        } else if (verdict instanceof Verdict.Replace replace) {
            replace(replace.payload(), by);
            goOn(at, replace.reply(), by);
        } else if (verdict instanceof Verdict.Reply reply) {
            dispatch.local(reply.answer(), at);
        } else if (verdict instanceof Verdict.Fail fail) {
            dispatch.local(Answer.error(fail.error()), at);
        } else if (verdict instanceof Verdict.Close close) {
            command.exchange().closes = true;
            dispatch.local(Answer.error(close.error()), at);
        } else {
            throw ModuleFailure.of(by.label(), new IllegalArgumentException("no verdict"));
        }
    }

    private void goOn(int at, ReplyInterest reply, ChainSlot<?, FilterSession> by) {
        command.exchange().want(at, machine.chain().size(), reply);
        streaming |= by.interest().kind() == CommandInterest.Kind.STREAM;
    }

    private void replace(byte[] payload, ChainSlot<?, ?> by) {
        Exchange exchange = command.exchange();
        int code = payload.length == 0 ? -1 : payload[0] & 0xFF;
        if (code < 0
                || code == CommandType.CHANGE_USER
                || CommandType.hasReply(code) != CommandType.hasReply(exchange.code)) {
            throw ModuleFailure.of(
                    by.label(),
                    new IllegalArgumentException("a " + CommandType.name(exchange.code) + " cannot be replaced by "
                            + (code < 0 ? "nothing" : "a " + CommandType.name(code))));
        }
        command.replace(payload);
        exchange.code = code;
        exchange.renumber |= command.continued() || PacketWriter.packets(payload.length) != 1;
    }

    private void route() {
        if (command.exchange().code == CommandType.QUIT) {
            dispatch.answerLocally();
            return;
        }
        if (machine.keeping().ids().takes(command)) {
            dispatch.answerLocally();
            return;
        }
        Kill wanted = command.kill(machine.charset());
        if (wanted != null) {
            phase = Phase.KILLING;
            kill = new PendingKill(machine, wanted);
            retry();
        } else {
            askRouter();
        }
    }

    private void askRouter() {
        ChainSlot<?, RouterSession> router = machine.chain().router();
        machine.statements().routing(command);
        showView(router.interest());
        Route route;
        try {
            route = router.serving().route(view, holds);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw ModuleFailure.of(router.label(), e);
        } finally {
            view.clear();
        }
        apply(route);
    }

    private void apply(@Nullable Route route) {
        machine.statements().routed(command);
        int last = machine.chain().size();
        if (route instanceof Route.Held held) {
            holds.check(held.hold(), machine.chain().router().label());
            phase = Phase.HELD;
            return;
        }
        holds.cancel();
        if (route instanceof Route.To to) {
            send(to.server(), false, to.retry());
        } else if (route instanceof Route.ToAll toAll) {
            send(toAll.primary(), true, false);
        } else if (route instanceof Route.Reply reply) {
            dispatch.local(reply.answer(), last);
        } else if (route instanceof Route.Stream stream) {
            command.exchange().source = stream.source();
            command.exchange().answeredBy = last;
            dispatch.answerLocally();
        } else if (route instanceof Route.Fail fail) {
            dispatch.local(Answer.error(fail.error()), last);
        } else if (route instanceof Route.Close close) {
            command.exchange().closes = true;
            dispatch.local(Answer.error(close.error()), last);
        } else if (route instanceof Route.Ask ask) {
            phase = Phase.ASKING;
            questions.ask(machine.links().to(ask.server()), ask);
        } else {
            throw ModuleFailure.of(machine.chain().router().label(), new IllegalArgumentException("no route"));
        }
    }

    private void send(String server, boolean toAll, boolean again) {
        dispatch.to(server, toAll, again);
        phase = Phase.WAITING;
        retry();
    }

    /** The router's question was answered. */
    void answered(@Nullable Route route) {
        if (phase == Phase.ASKING) {
            phase = Phase.DECIDING;
            apply(route);
        }
    }

    /** Goes on with a command that waits for its turn or its server, or with a question that does; called when either may have changed. */
    void retry() {
        PendingKill pending = kill;
        if (phase == Phase.WAITING) {
            dispatch.go();
        } else if (phase == Phase.ASKING) {
            questions.retry();
        } else if (pending != null) {
            pending.go();
        }
    }

    /** Goes on with a KILL: with an answer, or with a command for a server, or with the router. */
    void killed(PendingKill by, @Nullable Answer answer, @Nullable String server, byte @Nullable [] instead) {
        if (kill != by || phase != Phase.KILLING) {
            return;
        }
        kill = null;
        phase = Phase.DECIDING;
        if (answer != null) {
            dispatch.local(answer, machine.chain().size());
        } else if (server != null && instead != null) {
            command.replace(instead);
            command.exchange().code = CommandType.QUERY;
            command.exchange().victim = by.victim();
            send(server, false, false);
        } else {
            askRouter();
        }
    }

    /** The server for which the command waits, or that is being asked, is gone. */
    void lost(Link link, SqlError why) {
        questions.lost(link, why);
        if (!waitsFor(link)) {
            return;
        }
        if (!dispatch.elsewhere()) {
            dispatch.lost(why);
        } else if (!dispatch.wantsWhole()) {
            rerouted();
        }
    }

    private void rerouted() {
        command.exchange().attempts++;
        dispatch.clear();
        command.anew();
        phase = Phase.DECIDING;
        askRouter();
    }

    /** Whether the command waits for that server. */
    boolean waitsFor(Link link) {
        return phase == Phase.WAITING && dispatch.waitsFor(link);
    }

    /** Whether the command waits for that server, or for what it is asked. */
    boolean awaits(Link link) {
        return waitsFor(link) || questions.asks(link);
    }

    /** Whether it waits for that server and may not go elsewhere. */
    boolean stuckOn(Link link) {
        return waitsFor(link) && !dispatch.elsewhere();
    }

    /** Whether the command path must bring all of the command before it goes on. */
    boolean wantsWhole() {
        return dispatch.wantsWhole();
    }

    /** All of the command is here. */
    void whole(Bytes bytes, int payloadFrom, int length) {
        command.grown(bytes, payloadFrom, length);
        if (dispatch.whole()) {
            retry();
        } else {
            rerouted();
        }
    }

    /** The filter that held the command has decided. */
    void resumed(Verdict verdict) {
        apply(verdict, machine.chain().filter(slot));
        filters();
    }

    /** The router that held the command has decided. */
    void resumed(Route route) {
        apply(route);
    }

    /** Goes on with a command that is held; false when none is. */
    boolean heldNoMore() {
        if (phase != Phase.HELD) {
            return false;
        }
        phase = Phase.DECIDING;
        return true;
    }

    /** The command has been sent, answered or given up. */
    void done() {
        phase = Phase.IDLE;
        kill = null;
        command.clear();
        dispatch.clear();
        holds.cancel();
        questions.withdraw();
    }

    /** Whether filters see the further parts of the command that was decided last. */
    boolean streaming() {
        return streaming;
    }

    /** Shows a further part of a command, or of a local file, to the filters that forwarded it and asked for a stream. */
    void part(Bytes bytes, int start, int count, boolean last) {
        machine.replies().hooks().showPart(decided, bytes, start, count, last);
    }

    void close() {
        done();
        view.clear();
    }
}
