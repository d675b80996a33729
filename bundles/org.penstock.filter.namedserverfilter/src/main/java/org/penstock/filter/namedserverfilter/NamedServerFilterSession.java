package org.penstock.filter.namedserverfilter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.ModuleState;
import org.penstock.api.session.SessionContext;
import org.penstock.api.session.Store;
import org.penstock.api.statement.Hint;
import org.penstock.filter.common.PatternCostException;
import org.penstock.sql.hint.PreparedHints;

/** A namedserverfilter's part in one session. */
final class NamedServerFilterSession implements FilterSession {
    /** Bytes of a statement that are matched. */
    static final int MAX_STATEMENT = 1024 * 1024;

    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int COM_STMT_SEND_LONG_DATA = 0x18;
    private static final int COM_STMT_CLOSE = 0x19;
    private static final int COM_RESET_CONNECTION = 0x1F;
    private static final int COM_STMT_BULK_EXECUTE = 0xFA;
    private static final int STATE_VERSION = 1;
    private static final String PREPARED = "prepared";
    private static final CommandInterest HEAD = CommandInterest.head(1 + MAX_STATEMENT);

    private final List<Target> targets;
    private final Admission admission;
    private final PreparedHints prepared = new PreparedHints();
    private final LongAdder diverted;
    private final LongAdder undiverted;
    private final LongAdder undecided;

    NamedServerFilterSession(NamedServerFilterSettings settings, Store store, SessionContext session) {
        targets = settings.targets();
        admission = new Admission(settings, session);
        diverted = store.counter("queries_diverted");
        undiverted = store.counter("queries_undiverted");
        undecided = store.counter("queries_undecided");
    }

    @Override
    public CommandInterest interest() {
        return admission.refused() ? CommandInterest.NOTHING : HEAD;
    }

    @Override
    public Verdict onCommand(Command command, Holds holds) {
        return switch (command.code()) {
            case Command.COM_QUERY -> admission.verdict(hinted(matched(command)), holds);
            case Command.COM_STMT_PREPARE ->
                admission.verdict(Verdict.forward(prepared.prepare(command, matched(command))), holds);
            case COM_STMT_EXECUTE, COM_STMT_BULK_EXECUTE, COM_STMT_SEND_LONG_DATA ->
                admission.verdict(hinted(prepared.of(command)), holds);
            case COM_STMT_CLOSE -> {
                prepared.close(command);
                yield Verdict.forward();
            }
            case COM_RESET_CONNECTION -> {
                prepared.clear();
                yield Verdict.forward();
            }
            default -> Verdict.forward();
        };
    }

    @Override
    public PartVerdict onReply(ReplyPart part) {
        prepared.onReply(part);
        return PartVerdict.pass();
    }

    @Override
    public ModuleState exportState() {
        return new ModuleState(STATE_VERSION, Map.of(PREPARED, prepared.snapshot()));
    }

    @Override
    public void importState(ModuleState state) {
        prepared.restore(state.getString(PREPARED, ""));
    }

    private Verdict hinted(List<Hint> hints) {
        if (hints.isEmpty()) {
            undiverted.increment();
            return Verdict.forward();
        }
        diverted.increment();
        return Verdict.hinted(hints);
    }

    /** The hints of the first pattern that matches. A statement for which one is too costly goes where it would go without this filter. */
    private List<Hint> matched(Command command) {
        try {
            for (Target target : targets) {
                if (target.match().find(command.payload(), 1)) {
                    return target.hints();
                }
            }
        } catch (PatternCostException e) {
            undecided.increment();
        }
        return List.of();
    }
}
