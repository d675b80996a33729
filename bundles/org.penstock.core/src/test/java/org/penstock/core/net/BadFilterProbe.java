package org.penstock.core.net;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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

/** A filter with one fault: at marked statements, or once it is armed. */
@SuppressWarnings("NullAway") // some of the faults are nulls
final class BadFilterProbe implements Filter {
    /** What it does wrong. */
    enum Fault {
        OPEN_THROWS,
        OPEN_NULL,
        INTEREST_THROWS,
        COMMAND_THROWS,
        COMMAND_NULL,
        REPLY_THROWS,
        REPLY_NULL,
        EXPORT_THROWS,
        EXPORT_NULL,
        IMPORT_THROWS,
        CLOSE_THROWS
    }

    final AtomicBoolean armed = new AtomicBoolean();
    final AtomicLong commands = new AtomicLong();
    private final Fault fault;

    BadFilterProbe(Fault fault) {
        this.fault = fault;
    }

    private boolean faulty(Fault at) {
        return fault == at && armed.get();
    }

    private static RuntimeException purpose() {
        return new IllegalStateException("on purpose");
    }

    @Override
    public FilterSession open(SessionContext session) {
        if (faulty(Fault.OPEN_THROWS)) {
            throw purpose();
        }
        return faulty(Fault.OPEN_NULL) ? null : new Part();
    }

    private final class Part extends ProbeBench.Watching {
        private boolean marked;

        @Override
        public CommandInterest interest() {
            if (fault == Fault.INTEREST_THROWS && marked) {
                throw purpose();
            }
            return super.interest();
        }

        @Override
        public Verdict onCommand(Command command, Holds holds) {
            commands.incrementAndGet();
            marked = command.hasSql() && command.sql().contains("/*fault*/");
            if (!marked) {
                return Verdict.forward();
            }
            return switch (fault) {
                case COMMAND_THROWS -> throw purpose();
                case COMMAND_NULL -> null;
                case REPLY_THROWS, REPLY_NULL -> Verdict.forward(ReplyInterest.ROWS);
                default -> Verdict.forward();
            };
        }

        @Override
        public PartVerdict onReply(ReplyPart part) {
            if (fault == Fault.REPLY_THROWS) {
                throw purpose();
            }
            return null;
        }

        @Override
        public ModuleState exportState() {
            if (faulty(Fault.EXPORT_THROWS)) {
                throw purpose();
            }
            return faulty(Fault.EXPORT_NULL) ? null : new ModuleState(1, java.util.Map.of("a", 1L));
        }

        @Override
        public void importState(ModuleState state) {
            if (faulty(Fault.IMPORT_THROWS)) {
                throw purpose();
            }
        }

        @Override
        public void close() {
            if (faulty(Fault.CLOSE_THROWS)) {
                throw purpose();
            }
        }
    }
}
