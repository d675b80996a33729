package org.penstock.filter.qlafilter;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.Payload;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.LogSink;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.ModuleState;
import org.penstock.api.session.SessionContext;
import org.penstock.filter.common.PatternCostException;

/** A qlafilter's part in one session. Its file is opened with the first line. */
final class QlaFilterSession implements FilterSession {
    /** Bytes of a statement that are matched and logged. */
    static final int MAX_STATEMENT = 1024 * 1024;

    private static final int STATE_VERSION = 1;

    private final QlaFilterSettings settings;
    private final ModuleContext context;
    private final SessionContext session;
    private final CommandInterest interest;
    private final ReplyInterest replyInterest;
    private final LogFormat sessionFormat;
    private final @Nullable LogSink unified;
    private final Deque<LogEntry> awaitingReply = new ArrayDeque<>();
    private final @Nullable CanonicalForm canonical;
    private final LongAdder statements;
    private final LongAdder logged;
    private final LongAdder dropped;
    private final LongAdder undecided;
    private @Nullable LogSink file;
    private long lines;
    private long transactionStart;

    QlaFilterSession(
            QlaFilterSettings settings, ModuleContext context, @Nullable LogSink unified, SessionContext session) {
        this.settings = settings;
        this.context = context;
        this.unified = unified;
        this.session = session;
        interest = settings.sessions().admits(session) ? CommandInterest.head(MAX_STATEMENT) : CommandInterest.NOTHING;
        replyInterest = settings.format().interest();
        sessionFormat = settings.format().without(LogField.SESSION);
        canonical = settings.canonical() ? new CanonicalForm(session) : null;
        statements = context.store().counter("statements");
        logged = context.store().counter("logged");
        dropped = context.store().counter("dropped");
        undecided = context.store().counter("undecided");
    }

    @Override
    public CommandInterest interest() {
        return interest;
    }

    @Override
    public Verdict onCommand(Command command, Holds holds) {
        if (!command.hasSql()) {
            return Verdict.forward();
        }
        statements.increment();
        if (!chosen(command.payload())) {
            return Verdict.forward();
        }
        LogEntry entry = entry(command);
        if (replyInterest.kind() == ReplyInterest.Kind.NONE) {
            write(entry);
        } else {
            awaitingReply.add(entry);
        }
        return Verdict.forward(replyInterest);
    }

    @Override
    public PartVerdict onReply(ReplyPart part) {
        LogEntry entry = awaitingReply.peek();
        while (entry != null && entry.number < part.command()) {
            write(awaitingReply.remove());
            entry = awaitingReply.peek();
        }
        if (entry != null && entry.number == part.command()) {
            entry.seen(part, System.nanoTime());
            if (part.kind() == ReplyPart.Kind.END) {
                write(awaitingReply.remove());
            }
        }
        return PartVerdict.pass();
    }

    @Override
    public ModuleState exportState() {
        return new ModuleState(STATE_VERSION, Map.of("lines", lines, "transaction_start", transactionStart));
    }

    @Override
    public void importState(ModuleState state) {
        lines = state.getLong("lines", 0);
        transactionStart = state.getLong("transaction_start", 0);
    }

    @Override
    public void close() {
        while (!awaitingReply.isEmpty()) {
            write(awaitingReply.remove());
        }
        if (file != null) {
            file.close();
        }
    }

    /** A statement for which a pattern is too costly is logged: the log rather holds too much than too little. */
    private boolean chosen(Payload payload) {
        try {
            return (settings.match() == null || settings.match().find(payload, 1))
                    && (settings.exclude() == null || !settings.exclude().find(payload, 1));
        } catch (PatternCostException e) {
            undecided.increment();
            return true;
        }
    }

    private LogEntry entry(Command command) {
        LogEntry.Instants now = new LogEntry.Instants(LocalDateTime.now(ZoneId.systemDefault()), System.nanoTime());
        String sql = command.sql();
        TransactionWord word = settings.format().tracksTransactions() ? TransactionWord.of(sql) : TransactionWord.NONE;
        if (word == TransactionWord.BEGIN) {
            transactionStart = now.nanos();
        }
        String shown = canonical == null ? sql : canonical.of(command.payload());
        return new LogEntry(command.number(), command.code(), shown, now, word, transactionStart);
    }

    private void write(LogEntry entry) {
        boolean whole = true;
        if (settings.perSession() && !sessionFormat.fields().isEmpty()) {
            whole = sessionFile().write(sessionFormat.line(entry, session));
            lines++;
        }
        if (unified != null) {
            whole &= unified.write(settings.format().line(entry, session));
        }
        (whole ? logged : dropped).increment();
    }

    private LogSink sessionFile() {
        LogSink open = file;
        if (open == null) {
            open = context.log(
                    Path.of(settings.filebase() + "." + session.id()),
                    new LogSink.Options(lines > 0 || settings.append(), settings.flush(), sessionFormat.header()));
            file = open;
        }
        return open;
    }
}
