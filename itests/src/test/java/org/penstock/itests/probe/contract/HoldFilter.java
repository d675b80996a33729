package org.penstock.itests.probe.contract;

import java.time.Duration;
import java.util.Map;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Hold;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.SessionContext;

/** Holds statements: resumed by a background task, by a timer, or by nobody. */
public final class HoldFilter implements Filter {
    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);

    public HoldFilter(Map<String, Object> properties) {}

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
                Verdict late = Verdict.fail(SqlError.general("held too long"));
                if (sql.contains("/*forever*/")) {
                    return Verdict.hold(holds.hold(MOMENT, late));
                }
                if (sql.contains("/*timer*/")) {
                    Hold<Verdict> hold = holds.hold(LONG, late);
                    session.after(MOMENT, () -> hold.resume(Verdict.forward()));
                    return Verdict.hold(hold);
                }
                if (sql.contains("/*background*/")) {
                    Hold<Verdict> hold = holds.hold(LONG, late);
                    session.background(
                            () -> {
                                Thread.sleep(MOMENT.toMillis());
                                return "\3SELECT 'from the background'";
                            },
                            (text, failure) -> hold.resume(
                                    Verdict.forward(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
                    return Verdict.hold(hold);
                }
                return Verdict.forward();
            }
        };
    }
}
