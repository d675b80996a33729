package org.penstock.core.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Hold;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.SessionContext;

/** A filter that does what the commands say. */
record SimProbe(Simulation sim) implements Filter {
    private static final Verdict ANSWER = Verdict.answer(new Answer.Ok(9, 0, 0, ""));
    private static final Verdict FAIL = Verdict.fail(new SqlError(4001, "HY000", "the filter says no"));
    private static final PartVerdict INSTEAD = PartVerdict.instead(new Answer.Ok(7, 0, 0, ""));

    @Override
    public FilterSession open(SessionContext session) {
        sim.parts++;
        return new Part(session);
    }

    private final class Part implements FilterSession {
        private final SessionContext session;
        private final Map<Long, SimCommand> asked = new HashMap<>();
        private final Map<Long, Integer> rows = new HashMap<>();

        Part(SessionContext session) {
            this.session = session;
        }

        @Override
        public CommandInterest interest() {
            return sim.seed % 5 == 0 ? CommandInterest.stream(180) : CommandInterest.head(180);
        }

        @Override
        public Verdict onCommand(Command command, Holds holds) {
            SimCommand seen = SimCommand.parse(command.payload().bytes());
            if (seen == null) {
                return Verdict.forward();
            }
            sim.probed.add(seen.id());
            asked.put(command.number(), seen);
            if (seen.has("@background")) {
                session.background(() -> 1, (result, failure) -> sim.outcomes++);
            }
            if (seen.has("@throw")) {
                throw sim.thrown();
            }
            Verdict verdict = verdict(seen);
            if (!seen.has("@hold")) {
                return verdict;
            }
            Hold<Verdict> hold = holds.hold(Duration.ofSeconds(5), verdict);
            sim.held(hold, verdict);
            return Verdict.hold(hold);
        }

        private Verdict verdict(SimCommand seen) {
            if (seen.has("@answer")) {
                return ANSWER;
            }
            if (seen.has("@fail")) {
                return FAIL;
            }
            ReplyInterest interest = interest(seen);
            return seen.has("@rewrite")
                    ? Verdict.forward(seen.with(seen.n() + 1).payload(), interest)
                    : Verdict.forward(interest);
        }

        private ReplyInterest interest(SimCommand seen) {
            if (seen.has("@collect") || seen.has("@instead")) {
                return ReplyInterest.collect(1 << 20, seen.has("@instead") ? 1 << 20 : SimExpectation.MAX_COLLECTED);
            }
            if (seen.has("@drop") || seen.has("@replace") || seen.has("@rowfail") || seen.has("@rowthrow")) {
                return ReplyInterest.ROWS;
            }
            return seen.id() % 3 == 0 ? ReplyInterest.METADATA : ReplyInterest.NONE;
        }

        @Override
        public PartVerdict onReply(ReplyPart part) {
            SimCommand command = asked.get(part.command());
            if (command == null) {
                throw new AssertionError("a reply to nothing: " + part.command());
            }
            return switch (part.kind()) {
                case ROW -> row(command, part);
                case COLLECTED -> command.has("@instead") ? INSTEAD : PartVerdict.pass();
                case OVERFLOW ->
                    command.has("@overflowpass") && !command.has("@instead") ? PartVerdict.pass() : INSTEAD;
                case END -> {
                    asked.remove(part.command());
                    yield PartVerdict.pass();
                }
                default -> PartVerdict.pass();
            };
        }

        private PartVerdict row(SimCommand command, ReplyPart part) {
            int row = rows.merge(part.command(), 1, Integer::sum);
            if (command.has("@rowthrow")) {
                throw sim.thrown();
            }
            if (command.has("@rowfail") && row == 3) {
                return PartVerdict.fail(new SqlError(4003, "HY000", "no such row"));
            }
            if (command.has("@drop") && row % 2 == 0) {
                return PartVerdict.drop();
            }
            return command.has("@replace")
                    ? PartVerdict.replace(SimExpectation.replaced(part.payload().bytes()))
                    : PartVerdict.pass();
        }

        @Override
        public void close() {
            sim.parts--;
        }
    }
}
