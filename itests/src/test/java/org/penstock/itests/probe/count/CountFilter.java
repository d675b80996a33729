package org.penstock.itests.probe.count;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.ModuleState;
import org.penstock.api.session.SessionContext;

/** Counts statements that hold the mark, in its store and in each session; answers questions about them by itself. */
public final class CountFilter implements Filter {
    /** Statements with it are counted. */
    public static final String MARK = "/*work*/";

    /** Answered with the version of the filter's code. */
    public static final String VERSION = "SELECT 'version?'";

    /** Answered with the statements of this session so far. */
    public static final String COUNT = "SELECT 'count?'";

    private LongAdder statements = new LongAdder();

    /** Refuses the parameter {@code mode=bad}. */
    public CountFilter(Map<String, Object> properties) {
        if ("bad".equals(properties.get("mode"))) {
            throw new IllegalArgumentException("mode: expected anything but bad");
        }
    }

    @Override
    public void start(ModuleContext context) {
        statements = context.store().counter("statements");
    }

    @Override
    public FilterSession open(SessionContext session) {
        return new CountSession(statements);
    }

    private static final class CountSession implements FilterSession {
        private static final CommandInterest HEAD = CommandInterest.head(256);

        private final LongAdder statements;
        private long count;

        CountSession(LongAdder statements) {
            this.statements = statements;
        }

        @Override
        public CommandInterest interest() {
            return HEAD;
        }

        @Override
        public Verdict onCommand(Command command, Holds holds) {
            if (command.code() != Command.COM_QUERY) {
                return Verdict.forward();
            }
            String sql = command.sql();
            if (sql.contains(VERSION)) {
                return answer("version", Version.number());
            }
            if (sql.contains(COUNT)) {
                return answer("count", count);
            }
            if (sql.contains(MARK)) {
                count++;
                statements.increment();
            }
            return Verdict.forward();
        }

        private static Verdict answer(String column, long value) {
            return Verdict.answer(Answer.rows(List.of(column), List.of(List.of(Long.toString(value)))));
        }

        @Override
        public ModuleState exportState() {
            return new ModuleState(1, Map.of("count", count));
        }

        @Override
        public void importState(ModuleState state) {
            count = state.getLong("count", 0);
        }
    }
}
