package org.penstock.core.net;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Command;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.Branch;
import org.penstock.api.session.SessionContext;

/** Sends a copy of each INSERT into another service. Goes on without, and says so, where the branch is refused. */
final class TeeProbe implements Filter {
    final BlockingQueue<Branch.Result> ended = new LinkedBlockingQueue<>();
    final BlockingQueue<RuntimeException> refused = new LinkedBlockingQueue<>();
    private final String target;

    TeeProbe(String target) {
        this.target = target;
    }

    @Override
    public FilterSession open(SessionContext session) {
        Branch branch = branch(session);
        return new ProbeBench.Watching() {
            @Override
            public Verdict onCommand(Command command, Holds holds) {
                if (branch != null && command.hasSql() && command.sql().startsWith("INSERT")) {
                    branch.send(command.payload().bytes(), ended::add);
                }
                return Verdict.forward();
            }
        };
    }

    private @Nullable Branch branch(SessionContext session) {
        try {
            return session.branch(target);
        } catch (ProtocolException e) {
            refused.add(e);
            return null;
        }
    }
}
