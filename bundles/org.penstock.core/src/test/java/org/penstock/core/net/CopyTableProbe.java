package org.penstock.core.net;

import java.nio.charset.StandardCharsets;
import org.penstock.api.command.Command;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.SessionContext;

/** Lets what is meant for one table go to another. */
final class CopyTableProbe implements Filter {
    @Override
    public FilterSession open(SessionContext session) {
        return new ProbeBench.Watching() {
            @Override
            public Verdict onCommand(Command command, Holds holds) {
                String sql = command.hasSql() ? command.sql() : "";
                return sql.contains("probe_main")
                        ? Verdict.forward(
                                ("\u0003" + sql.replace("probe_main", "probe_copy")).getBytes(StandardCharsets.UTF_8))
                        : Verdict.forward();
            }
        };
    }
}
