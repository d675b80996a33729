package org.penstock.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.ModuleState;
import org.penstock.api.statement.Hint;

/** One filter in one session, driven as the core does it. */
public final class FilterRig implements AutoCloseable {
    private final FakeModuleContext context;
    private final FakeSession session;
    private final List<FakeHold<Verdict>> holds = new ArrayList<>();
    private Filter filter;
    private FilterSession part;
    private long commands;

    /**
     * What became of a command.
     *
     * @param number of the command
     * @param shown whether the filter saw it
     * @param verdict of the filter; {@link Verdict#FORWARD} when it saw nothing
     * @param forwarded the payload that goes on to the next slot, or null
     */
    public record Exchange(long number, boolean shown, Verdict verdict, byte @Nullable [] forwarded) {
        /** What the filter asked to see of the reply. */
        public ReplyInterest interest() {
            if (verdict instanceof Verdict.Forward forward) {
                return forward.reply();
            }
            if (verdict instanceof Verdict.Hinted hinted) {
                return hinted.reply();
            }
            return verdict instanceof Verdict.Replace replace ? replace.reply() : ReplyInterest.NONE;
        }

        /** The hints that the filter gave to the command. */
        public List<Hint> hints() {
            return verdict instanceof Verdict.Hinted hinted ? hinted.hints() : List.of();
        }
    }

    /** Starts a filter and opens its part in a session. */
    public FilterRig(Filter filter, FakeModuleContext context, FakeSession session) {
        this.filter = filter;
        this.context = context;
        this.session = session;
        filter.start(context);
        this.part = filter.open(session);
    }

    public FakeModuleContext context() {
        return context;
    }

    public FakeSession session() {
        return session;
    }

    /** The filter's part in the session. */
    public FilterSession part() {
        return part;
    }

    /** Holds that the filter made, in order. */
    public List<FakeHold<Verdict>> holds() {
        return List.copyOf(holds);
    }

    /** Sends a COM_QUERY. */
    public Exchange query(String sql) {
        return send(FakeCommand.query(sql));
    }

    /** Sends a command; it gets the next number. */
    public Exchange send(FakeCommand command) {
        FakeCommand numbered = command.numbered(++commands);
        CommandInterest interest = part.interest();
        if (interest.kind() == CommandInterest.Kind.NOTHING) {
            return new Exchange(commands, false, Verdict.FORWARD, command.bytes());
        }
        if (interest.kind() == CommandInterest.Kind.COMPLETE && command.length() > interest.limit()) {
            return new Exchange(commands, false, Verdict.fail(tooLarge()), null);
        }
        FakeCommand view = numbered.seenWith(interest);
        Verdict verdict = part.onCommand(view, this::hold);
        view.expire();
        return new Exchange(commands, true, verdict, forwarded(command, verdict));
    }

    /** Plays the server's reply to a command through the filter. */
    public Delivery reply(Exchange exchange, FakeReply reply) {
        return new ReplyPlay(part, exchange.number(), exchange.interest()).play(reply);
    }

    /** Sends a COM_QUERY and plays the reply to it. */
    public Delivery query(String sql, FakeReply reply) {
        return reply(query(sql), reply);
    }

    /** Moves the session to another generation: start, export, open, import, close, stop. */
    public void moveTo(Filter successor) {
        successor.start(context);
        ModuleState state = part.exportState();
        FilterSession next = successor.open(session);
        next.importState(state);
        part.close();
        filter.stop();
        filter = successor;
        part = next;
    }

    /** Moves the session to another generation after a gap: the old one has left before the new one starts. */
    public void moveWithGapTo(Filter successor) {
        ModuleState state = part.exportState();
        part.close();
        filter.stop();
        successor.start(context);
        filter = successor;
        part = successor.open(session);
        part.importState(state);
    }

    /** Ends the session and stops the filter. */
    @Override
    public void close() {
        part.close();
        filter.stop();
    }

    private FakeHold<Verdict> hold(Duration deadline, Verdict onTimeout) {
        FakeHold<Verdict> hold = new FakeHold<>(deadline, onTimeout);
        holds.add(hold);
        return hold;
    }

    private static byte @Nullable [] forwarded(FakeCommand command, Verdict verdict) {
        if (verdict instanceof Verdict.Forward || verdict instanceof Verdict.Hinted) {
            return command.bytes();
        }
        return verdict instanceof Verdict.Replace replace ? replace.payload() : null;
    }

    private static SqlError tooLarge() {
        return new SqlError(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes");
    }
}
