package org.penstock.core.net;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import org.penstock.api.command.Command;
import org.penstock.api.command.Hold;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.SessionContext;

/** Holds statements that say so: until a background task has ended, until a test resumes, or until a deadline. */
record HoldingProbe(BlockingQueue<Hold<Verdict>> held) implements Filter {
    static final SqlError LATE = new SqlError(4001, "HY000", "nobody decided in time");
    private static final Verdict ON_TIMEOUT = Verdict.fail(LATE);

    @Override
    public FilterSession open(SessionContext session) {
        return new ProbeBench.Watching() {
            @Override
            public Verdict onCommand(Command command, Holds holds) {
                String sql = command.hasSql() ? command.sql() : "";
                if (!sql.contains("held:")) {
                    return Verdict.forward();
                }
                if (sql.contains("held:background")) {
                    Hold<Verdict> hold = holds.hold(ProbeBench.LIMIT, ON_TIMEOUT);
                    session.background(() -> 1, (result, failure) -> hold.resume(Verdict.forward()));
                    return Verdict.hold(hold);
                }
                boolean deadline = sql.contains("held:deadline");
                Hold<Verdict> hold = holds.hold(deadline ? Duration.ofMillis(100) : ProbeBench.LIMIT, ON_TIMEOUT);
                held.add(hold);
                return Verdict.hold(hold);
            }
        };
    }
}
