package org.penstock.filter.hintfilter;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.ModuleState;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Statement;
import org.penstock.sql.hint.HintStack;
import org.penstock.sql.hint.PreparedHints;

/** A hintfilter's part in one session: the session's hints with a name, those in effect, and those of its prepared statements. */
final class HintFilterSession implements FilterSession {
    /** Bytes of a statement in which its first comment is looked for. */
    static final int MAX_STATEMENT = 1024 * 1024;

    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int COM_STMT_SEND_LONG_DATA = 0x18;
    private static final int COM_STMT_CLOSE = 0x19;
    private static final int COM_STMT_RESET = 0x1A;
    private static final int COM_STMT_FETCH = 0x1C;
    private static final int COM_RESET_CONNECTION = 0x1F;
    private static final int COM_STMT_BULK_EXECUTE = 0xFA;
    private static final CommandInterest HEAD = CommandInterest.head(1 + MAX_STATEMENT);

    private final PreparedHints prepared = new PreparedHints();
    private final LongAdder hinted;
    private HintStack stack = new HintStack();

    HintFilterSession(LongAdder hinted) {
        this.hinted = hinted;
    }

    @Override
    public CommandInterest interest() {
        return HEAD;
    }

    @Override
    public Verdict onCommand(Command command, Holds holds) {
        switch (command.code()) {
            case Command.COM_QUERY -> {
                return hinted(hints(command));
            }
            case Command.COM_STMT_PREPARE -> {
                return Verdict.forward(prepared.prepare(command, hints(command)));
            }
            case COM_STMT_EXECUTE, COM_STMT_BULK_EXECUTE, COM_STMT_SEND_LONG_DATA, COM_STMT_FETCH, COM_STMT_RESET -> {
                List<Hint> own = prepared.of(command);
                return hinted(own.isEmpty() ? inEffect() : own);
            }
            case COM_STMT_CLOSE -> prepared.close(command);
            case COM_RESET_CONNECTION -> {
                prepared.clear();
                stack = new HintStack();
            }
            default -> {}
        }
        return Verdict.forward();
    }

    @Override
    public PartVerdict onReply(ReplyPart part) {
        prepared.onReply(part);
        return PartVerdict.pass();
    }

    @Override
    public ModuleState exportState() {
        return SessionHints.exported(stack, prepared);
    }

    @Override
    public void importState(ModuleState state) {
        stack = SessionHints.stack(state);
        prepared.restore(SessionHints.prepared(state));
    }

    private Verdict hinted(List<Hint> hints) {
        if (hints.isEmpty()) {
            return Verdict.forward();
        }
        hinted.increment();
        return Verdict.hinted(hints);
    }

    private List<Hint> hints(Command command) {
        Statement statement = command.statement();
        int from = statement.hintStart();
        int to = statement.hintEnd();
        if (!statement.has(Flags.HINT)
                || from < 1
                || to > command.payload().length()
                || to - from > HintStack.MAX_COMMENT) {
            return inEffect();
        }
        byte[] comment = new byte[to - from];
        command.payload().copy(from, comment, 0, comment.length);
        return listed(stack.apply(comment, 0, comment.length));
    }

    private List<Hint> inEffect() {
        return listed(stack.current());
    }

    private static List<Hint> listed(Optional<Hint> hint) {
        return hint.isPresent() ? List.of(hint.get()) : List.of();
    }
}
