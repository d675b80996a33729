package org.penstock.core.net;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.ModuleState;
import org.penstock.api.session.SessionContext;

/** Counts the statements of a test in each session, and hands the count on to the next generation. */
final class CountingProbe implements Filter {
    final AtomicInteger parts = new AtomicInteger();
    private final int generation;
    private final AtomicLong counted;
    private final AtomicLong imports;

    CountingProbe(int generation, AtomicLong counted, AtomicLong imports) {
        this.generation = generation;
        this.counted = counted;
        this.imports = imports;
    }

    @Override
    public FilterSession open(SessionContext session) {
        return new Part();
    }

    private final class Part extends ProbeBench.Watching {
        private long seen;

        Part() {
            parts.incrementAndGet();
        }

        @Override
        public Verdict onCommand(Command command, Holds holds) {
            String sql = command.hasSql() ? command.sql() : "";
            if (sql.contains("/*counted*/")) {
                counted.incrementAndGet();
                return Verdict.answer(Answer.rows(List.of("seen"), List.of(List.of(Long.toString(seen)))));
            }
            if (sql.contains("probe") || sql.contains("CONNECTION_ID")) {
                counted.incrementAndGet();
                seen++;
            }
            return Verdict.forward();
        }

        @Override
        public ModuleState exportState() {
            return new ModuleState(generation, Map.of("seen", seen));
        }

        @Override
        public void importState(ModuleState state) {
            if (state.version() != generation - 1) {
                throw new IllegalArgumentException("a state of generation " + state.version());
            }
            seen = state.getLong("seen", -1);
            imports.incrementAndGet();
        }

        @Override
        public void close() {
            parts.decrementAndGet();
        }
    }
}
