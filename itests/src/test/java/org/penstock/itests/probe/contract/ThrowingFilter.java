package org.penstock.itests.probe.contract;

import java.util.Map;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.SessionContext;

/** Throws at marked statements, and at the replies to others. */
public final class ThrowingFilter implements Filter {
    public ThrowingFilter(Map<String, Object> properties) {}

    @Override
    public FilterSession open(SessionContext session) {
        return new FilterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.head(256);
            }

            @Override
            public Verdict onCommand(Command command, Holds holds) {
                String sql = command.hasSql() ? command.sql() : "";
                if (sql.contains("/*throw*/")) {
                    throw new IllegalStateException("a filter that throws");
                }
                if (sql.contains("/*null*/")) {
                    return null;
                }
                return sql.contains("/*throw later*/") ? Verdict.forward(ReplyInterest.ROWS) : Verdict.forward();
            }

            @Override
            public PartVerdict onReply(ReplyPart part) {
                throw new IllegalStateException("a filter that throws at a reply");
            }

            @Override
            public void close() {
                throw new IllegalStateException("a filter that throws at the end");
            }
        };
    }
}
