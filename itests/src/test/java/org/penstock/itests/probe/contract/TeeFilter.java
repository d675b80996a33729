package org.penstock.itests.probe.contract;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.Branch;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.SessionContext;

/** Sends marked statements to another service as well, and counts what came of them. */
public final class TeeFilter implements Filter {
    private final String service;
    private LongAdder done = new LongAdder();
    private LongAdder failed = new LongAdder();

    public TeeFilter(Map<String, Object> properties) {
        service = String.valueOf(properties.get("service"));
    }

    @Override
    public void start(ModuleContext context) {
        done = context.store().counter("done");
        failed = context.store().counter("failed");
    }

    @Override
    public FilterSession open(SessionContext session) {
        return new FilterSession() {
            private Branch branch;

            @Override
            public CommandInterest interest() {
                return CommandInterest.complete(4096);
            }

            @Override
            public Verdict onCommand(Command command, Holds holds) {
                if (command.hasSql() && command.sql().contains("/*tee*/")) {
                    if (branch == null) {
                        branch = session.branch(service);
                    }
                    branch.send(
                            command.payload().bytes(), result -> (result.error() == null ? done : failed).increment());
                }
                return Verdict.forward();
            }

            @Override
            public void close() {
                if (branch != null) {
                    branch.close();
                }
            }
        };
    }
}
