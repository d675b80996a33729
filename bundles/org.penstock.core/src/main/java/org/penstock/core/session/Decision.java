package org.penstock.core.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.Hold;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterSession;
import org.penstock.api.session.SessionContext;
import org.penstock.wire.CommandType;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.PacketWriter;

/**
 * The command that is being decided: runs the filters as a loop over their verdicts, then the router, then waits until the command may be sent.
 *
 * <pre>
 *   IDLE --begin--> filters --forward--> router --to--> ORDER? --> CONNECT? --> sent: IDLE
 *                     |  ^                 |  ^
 *                   hold resume          hold/ask resume
 * </pre>
 *
 * At most one command of a session is being decided; the ones behind it wait unread.
 */
final class Decision implements FilterSession.Holds, RouterSession.Holds {
    private enum Phase {
        IDLE,
        DECIDING,
        HELD,
        ASKING,
        /** Routed, but commands that went elsewhere are outstanding. */
        ORDER,
        /** Routed, but the server is not connected yet. */
        CONNECT,
        /** COM_CHANGE_USER waits until nothing is in flight. */
        CHANGE_USER
    }

    private final SessionMachine machine;
    private final CommandView view = new CommandView();
    private Phase phase = Phase.IDLE;
    private @Nullable Exchange exchange;
    private @Nullable Bytes original;
    private int from;
    private int shown;
    private long length;
    private int slot;
    private byte @Nullable [] replacement;
    private @Nullable Link target;
    private Route.@Nullable ToAll fanOut;
    private @Nullable HoldHandle<?> hold;
    private SessionContext.@Nullable Timer holdTimer;
    private boolean streaming;
    private long commands;

    Decision(SessionMachine machine) {
        this.machine = machine;
    }

    boolean pending() {
        return phase != Phase.IDLE;
    }

    /** Whether a module's decision or question is awaited, as against a place in the order. */
    boolean held() {
        return phase == Phase.HELD || phase == Phase.ASKING;
    }

    /** Commands decided so far. */
    long commands() {
        return commands;
    }

    void begin(Bytes bytes, int payloadFrom, int payloadShown, long payloadLength) {
        int code = bytes.unsignedAt(payloadFrom);
        Exchange begun = machine.exchanges().acquire(++commands, code);
        exchange = begun;
        original = bytes;
        from = payloadFrom;
        shown = payloadShown;
        length = payloadLength;
        slot = 0;
        replacement = null;
        streaming = false;
        phase = Phase.DECIDING;
        if (code == CommandType.CHANGE_USER) {
            phase = Phase.CHANGE_USER;
            retry();
            return;
        }
        String missing = machine.chain().missing();
        if (missing != null) {
            local(Answer.error(SqlError.general(missing + " is not available")), 0);
            return;
        }
        ChainSlot<?, ?> refusing = machine.chain().refuses(payloadLength < 0 ? Long.MAX_VALUE : payloadLength);
        if (refusing != null) {
            begun().interests = null;
            local(
                    Answer.error(new SqlError(
                            ErrorCodes.NET_PACKET_TOO_LARGE,
                            "08S01",
                            "Got a packet bigger than " + refusing.label() + " may collect ("
                                    + refusing.interest().limit() + " bytes)")),
                    0);
            return;
        }
        filters();
    }

    private void showView() {
        byte[] replaced = replacement;
        if (replaced != null) {
            view.show(begun().number, new ArrayBytes(replaced), 0, replaced.length, replaced.length);
        } else {
            view.show(begun().number, source(), from, shown, length);
        }
        view.charset(machine.charset());
    }

    private void filters() {
        Chain chain = machine.chain();
        while (phase == Phase.DECIDING && slot < chain.size()) {
            ChainSlot<?, FilterSession> current = chain.filter(slot);
            if (current.interest().limit() == 0) {
                slot++;
                continue;
            }
            showView();
            Verdict verdict =
                    ModuleFailure.guard(current.label(), () -> current.serving().onCommand(view, this));
            view.clear();
            apply(verdict, current);
        }
        if (phase == Phase.DECIDING) {
            route();
        }
    }

    /** Takes one filter's verdict; leaves the phase at DECIDING when the command goes on to the next slot. */
    private void apply(Verdict verdict, ChainSlot<?, FilterSession> from) {
        int decided = slot;
        if (verdict instanceof Verdict.Forward forward) {
            want(decided, forward.reply());
        } else if (verdict instanceof Verdict.Replace replace) {
            replace(replace.payload(), from);
            want(decided, replace.reply());
        } else if (verdict instanceof Verdict.Reply reply) {
            local(reply.answer(), decided);
            return;
        } else if (verdict instanceof Verdict.Fail fail) {
            local(Answer.error(fail.error()), decided);
            return;
        } else if (verdict instanceof Verdict.Close close) {
            begun().closes = true;
            local(Answer.error(close.error()), decided);
            return;
        } else if (verdict instanceof Verdict.Held held) {
            await(held.hold(), from.label());
            return;
        }
        streaming |= from.interest().kind() == org.penstock.api.command.CommandInterest.Kind.STREAM;
        slot = decided + 1;
        if (from.interestDiffers()) {
            machine.chain().interestsChanged();
        }
    }

    private void want(int decided, ReplyInterest interest) {
        begun().want(decided, machine.chain().size(), interest);
    }

    private void replace(byte[] payload, ChainSlot<?, ?> by) {
        if (payload.length == 0) {
            throw ModuleFailure.of(by.label(), new IllegalArgumentException("a replacement needs a command byte"));
        }
        replacement = payload;
        begun().code = payload[0] & 0xFF;
        if (length < 0 || PacketWriter.packets(payload.length) != 1) {
            begun().renumber = true;
        }
    }

    private void route() {
        if (begun().code == CommandType.QUIT) {
            answerLocally();
            return;
        }
        ChainSlot<?, RouterSession> router = machine.chain().router();
        showView();
        Route route = ModuleFailure.guard(router.label(), () -> router.serving().route(view, this));
        view.clear();
        apply(route);
    }

    private void apply(Route route) {
        if (route instanceof Route.To to) {
            target = machine.links().to(to.server());
            send();
        } else if (route instanceof Route.ToAll toAll) {
            fanOut = toAll;
            target = machine.links().to(toAll.primary());
            send();
        } else if (route instanceof Route.Reply reply) {
            local(reply.answer(), machine.chain().size());
        } else if (route instanceof Route.Stream stream) {
            begun().source = stream.source();
            answerLocally();
        } else if (route instanceof Route.Fail fail) {
            local(Answer.error(fail.error()), machine.chain().size());
        } else if (route instanceof Route.Close close) {
            begun().closes = true;
            local(Answer.error(close.error()), machine.chain().size());
        } else if (route instanceof Route.Held held) {
            await(held.hold(), machine.chain().router().label());
        } else if (route instanceof Route.Ask ask) {
            phase = Phase.ASKING;
            machine.questions().ask(machine.links().to(ask.server()), ask);
        }
    }

    /** The router's question was answered. */
    void answered(Route route) {
        if (phase == Phase.ASKING) {
            phase = Phase.DECIDING;
            apply(route);
            machine.pump();
        }
    }

    // -- holds
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public Hold<Verdict> hold(Duration deadline, Verdict onTimeout) {
        return open(deadline, onTimeout, this::resumed);
    }

    @Override
    public Hold<Route> hold(Duration deadline, Route onTimeout) {
        return open(deadline, onTimeout, this::resumedRoute);
    }

    private <V> Hold<V> open(Duration deadline, V onTimeout, HoldHandle.Decided<V> decided) {
        HoldHandle<V> opened = new HoldHandle<>(machine.port(), decided);
        hold = opened;
        holdTimer = machine.port().after(deadline, () -> opened.resume(onTimeout));
        return opened;
    }

    private void await(Hold<?> held, String by) {
        if (held != hold) {
            throw ModuleFailure.of(by, new IllegalArgumentException("the hold is not of this command"));
        }
        phase = Phase.HELD;
    }

    private void resumed(HoldHandle<Verdict> held, Verdict verdict) {
        if (!endHold(held)) {
            return;
        }
        machine.call(machine.chain().filter(slot).label(), () -> {
            apply(verdict, machine.chain().filter(slot));
            filters();
        });
        machine.pump();
    }

    private void resumedRoute(HoldHandle<Route> held, Route route) {
        if (!endHold(held)) {
            return;
        }
        machine.call(machine.chain().router().label(), () -> apply(route));
        machine.pump();
    }

    private boolean endHold(HoldHandle<?> held) {
        if (held != hold || phase != Phase.HELD || !machine.running()) {
            return false;
        }
        cancelHold();
        phase = Phase.DECIDING;
        return true;
    }

    private void cancelHold() {
        HoldHandle<?> open = hold;
        SessionContext.Timer timer = holdTimer;
        hold = null;
        holdTimer = null;
        if (open != null) {
            open.close();
        }
        if (timer != null) {
            timer.cancel();
        }
    }

    // -- sending
    // -------------------------------------------------------------------------------------------------------

    /** Goes on with a command that waits for its place or its server; called when either may have changed. */
    void retry() {
        if (phase == Phase.ORDER || phase == Phase.CONNECT) {
            phase = Phase.DECIDING;
            send();
        } else if (phase == Phase.CHANGE_USER && machine.exchanges().isEmpty()) {
            changeUser();
        }
    }

    private void send() {
        Link link = target;
        if (link == null) {
            throw new IllegalStateException("no target");
        }
        if (!machine.exchanges().admits(link)) {
            phase = Phase.ORDER;
            return;
        }
        Route.ToAll all = fanOut;
        if (!link.ready() || (all != null && !machine.links().allReady())) {
            phase = Phase.CONNECT;
            return;
        }
        Exchange sent = begun();
        boolean replies = CommandType.hasReply(sent.code);
        if (!replies) {
            sent.interests = null;
        }
        if (all != null) {
            fanOut().others(link, sent, bytesForOthers(), replies);
        }
        if (replies) {
            machine.exchanges().addRemote(sent, link);
            machine.replies().await(link, sent);
        }
        byte[] replaced = replacement;
        noteDatabase(sent, replaced);
        done();
        if (replaced == null) {
            machine.commands().forward(link, sent);
        } else {
            machine.commands().flushRun();
            machine.port().toServer(link, new ArrayBytes(PacketWriter.frame(0, replaced)));
            machine.commands().discard(sent);
        }
        if (!replies) {
            machine.commands().releaseWhenRead(sent);
        }
    }

    private FanOut fanOut() {
        return new FanOut(machine);
    }

    private byte[] bytesForOthers() {
        byte[] replaced = replacement;
        if (replaced != null) {
            return replaced;
        }
        if (length != shown) {
            throw ModuleFailure.of(
                    machine.chain().router().label(),
                    new IllegalStateException("a command for all servers must be seen completely"));
        }
        byte[] copy = new byte[shown];
        source().copy(from, copy, 0, shown);
        return copy;
    }

    private void noteDatabase(Exchange sent, byte @Nullable [] replaced) {
        if (sent.code == CommandType.INIT_DB || sent.code == Command.COM_QUERY) {
            Bytes bytes = replaced == null ? source() : new ArrayBytes(replaced);
            int start = replaced == null ? from : 0;
            int count = replaced == null ? shown : replaced.length;
            sent.database = DefaultDatabase.askedFor(bytes, start, count, machine.charset());
        }
    }

    private void local(Answer answer, int decided) {
        Exchange local = begun();
        local.local = answer;
        local.answeredBy = decided;
        answerLocally();
    }

    private void answerLocally() {
        Exchange local = begun();
        boolean replies = CommandType.hasReply(local.code);
        done();
        if (replies) {
            machine.exchanges().addLocal(local);
        }
        machine.commands().discard(local);
        if (!replies && local.code == CommandType.QUIT) {
            machine.quit();
        }
    }

    private void changeUser() {
        Bytes bytes = source();
        byte[] payload = new byte[shown];
        bytes.copy(from, payload, 0, shown);
        Exchange changed = begun();
        done();
        machine.commands().discard(changed);
        machine.exchanges().release(changed);
        machine.changeUser(payload);
    }

    private void done() {
        phase = Phase.IDLE;
        exchange = null;
        original = null;
        replacement = null;
        target = null;
        fanOut = null;
        cancelHold();
    }

    /** Shows a further part of a command, or of a local file, to the filters that asked for a stream. */
    void part(Bytes bytes, int start, int count, boolean last) {
        if (streaming && count > 0) {
            machine.replies().hooks().showPart(bytes, start, count, last);
        }
    }

    void close() {
        done();
        view.clear();
    }

    private Exchange begun() {
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("no command is being decided");
        }
        return current;
    }

    private Bytes source() {
        Bytes bytes = original;
        if (bytes == null) {
            throw new IllegalStateException("no command is being decided");
        }
        return bytes;
    }
}
