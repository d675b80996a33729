package org.penstock.core.session;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.ModuleState;
import org.penstock.api.session.SessionContext;

/** A filter that must see every command exactly once, and the end of every reply; its counter goes on over generations. */
record SimWatch(Simulation sim, String flaw) implements Filter {
    @Override
    public FilterSession open(SessionContext session) {
        if (flaw.equals("open")) {
            throw new IllegalStateException("cannot open");
        }
        sim.parts++;
        return new Part();
    }

    @Override
    public boolean newSessionsOnly() {
        return flaw.equals("new");
    }

    private final class Part implements FilterSession {
        private final Set<Long> open = new HashSet<>();
        private long count;
        private boolean closed;

        @Override
        public CommandInterest interest() {
            return sim.seed % 3 == 0 ? CommandInterest.complete(1 << 20) : CommandInterest.head(200);
        }

        @Override
        public Verdict onCommand(Command command, Holds holds) {
            requireOpen();
            count++;
            if (count != ++sim.watched) {
                throw new AssertionError("the counter is " + count + ", should be " + sim.watched);
            }
            SimCommand seen = SimCommand.parse(command.payload().bytes());
            if (seen != null && !sim.seen.add(seen.id())) {
                throw new AssertionError("seen twice: " + seen);
            }
            if (seen != null && !seen.replies()) {
                return Verdict.forward(ReplyInterest.END);
            }
            open.add(command.number());
            sim.ends++;
            return Verdict.forward(sim.seed % 2 == 0 ? ReplyInterest.END : ReplyInterest.METADATA);
        }

        @Override
        public PartVerdict onReply(ReplyPart part) {
            requireOpen();
            if (!open.contains(part.command())) {
                throw new AssertionError("a part " + part.kind() + " of a reply that nobody awaits: " + part.command());
            }
            if (part.kind() == ReplyPart.Kind.END) {
                open.remove(part.command());
                sim.ends--;
            } else if (sim.seed % 2 == 0 || part.payload().length() == 0) {
                throw new AssertionError("unasked: " + part.kind());
            }
            return PartVerdict.pass();
        }

        @Override
        public ModuleState exportState() {
            requireOpen();
            return new ModuleState(1, Map.of("count", count));
        }

        @Override
        public void importState(ModuleState state) {
            if (flaw.equals("import")) {
                throw new IllegalStateException("cannot import");
            }
            count = state.getLong("count", 0);
        }

        @Override
        public void close() {
            requireOpen();
            closed = true;
            sim.parts--;
        }

        private void requireOpen() {
            if (closed) {
                throw new AssertionError("used after close");
            }
        }
    }
}
