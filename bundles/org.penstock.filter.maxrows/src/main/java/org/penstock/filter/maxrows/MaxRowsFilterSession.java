package org.penstock.filter.maxrows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.SessionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A maxrows filter's part in one session. */
final class MaxRowsFilterSession implements FilterSession {
    /** Bytes of a statement that an error repeats. */
    static final int MAX_QUOTED = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(MaxRowsFilter.class);
    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int COM_STMT_FETCH = 0x1C;
    private static final int COM_STMT_BULK_EXECUTE = 0xFA;
    private static final CommandInterest HEAD = CommandInterest.head(1 + MAX_QUOTED);

    /** A command whose reply is collected. */
    private record Asked(long number, int code, String sql) {}

    private final MaxRowsSettings settings;
    private final SessionContext session;
    private final String name;
    private final ReplyInterest interest;
    private final LongAdder limited;
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final ResultShape shape = new ResultShape();

    MaxRowsFilterSession(MaxRowsSettings settings, ModuleContext context, SessionContext session) {
        this.settings = settings;
        this.session = session;
        name = context.name();
        interest = settings.interest();
        limited = context.store().counter("limited");
    }

    @Override
    public CommandInterest interest() {
        return HEAD;
    }

    @Override
    public Verdict onCommand(Command command, Holds holds) {
        switch (command.code()) {
            case Command.COM_QUERY, COM_STMT_EXECUTE, COM_STMT_FETCH, COM_STMT_BULK_EXECUTE -> {
                boolean quoted = command.hasSql() && settings.instead() != MaxRowsSettings.Instead.OK;
                asked.add(new Asked(command.number(), command.code(), quoted ? command.sql() : "(prepared statement)"));
                return Verdict.forward(interest);
            }
            default -> {
                return Verdict.forward();
            }
        }
    }

    @Override
    public PartVerdict onReply(ReplyPart part) {
        return switch (part.kind()) {
            case HEADER, COLUMN, COLUMNS_END -> {
                if (settings.instead() == MaxRowsSettings.Instead.EMPTY) {
                    shape.seen(part);
                }
                yield PartVerdict.pass();
            }
            case COLLECTED -> {
                if (settings.logDecisions()) {
                    log("the reply is within the limits", part);
                }
                take(part.command());
                shape.clear();
                yield PartVerdict.pass();
            }
            case OVERFLOW -> {
                limited.increment();
                if (settings.logLimits()) {
                    log("the reply is beyond a limit, its rows are not returned", part);
                }
                PartVerdict verdict = PartVerdict.instead(instead(part, take(part.command())));
                shape.clear();
                yield verdict;
            }
            default -> PartVerdict.pass();
        };
    }

    private Answer instead(ReplyPart part, @Nullable Asked command) {
        boolean fetch = command != null && command.code() == COM_STMT_FETCH;
        return switch (settings.instead()) {
            case OK -> Answer.ok();
            case ERROR -> error(command);
            // Without a row the column definitions may not be complete.
            case EMPTY ->
                part.rows() > 0 && (fetch || !shape.empty())
                        ? new Answer.Packets(shape.withoutRows(session, part.status(), fetch))
                        : error(command);
        };
    }

    private static Answer error(@Nullable Asked command) {
        String sql = command == null ? "" : command.sql();
        return Answer.error(new SqlError(1415, "0A000", "Row limit/size exceeded for query: " + sql));
    }

    private @Nullable Asked take(long number) {
        Asked first = asked.poll();
        while (first != null && first.number() < number) {
            first = asked.poll();
        }
        return first;
    }

    private void log(String what, ReplyPart part) {
        LOG.atInfo()
                .addKeyValue("session", session.id())
                .addKeyValue("filter", name)
                .addKeyValue("rows", part.rows())
                .addKeyValue("bytes", part.bytes())
                .log(what);
    }
}
