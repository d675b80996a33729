package org.penstock.filter.regexfilter;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.LogSink;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.SessionContext;
import org.penstock.filter.common.PatternCostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A regexfilter's part in one session; the text behind the command byte is matched as bytes. */
final class RegexFilterSession implements FilterSession {
    private static final Logger LOG = LoggerFactory.getLogger(RegexFilter.class);
    private static final CommandInterest WHOLE = CommandInterest.complete(CommandInterest.MAX_COMPLETE);

    private final RegexFilterSettings settings;
    private final SessionContext session;
    private final String name;
    private final @Nullable LogSink log;
    private final CommandInterest interest;
    private final LongAdder altered;
    private final LongAdder unaltered;
    private final LongAdder refused;

    RegexFilterSession(
            RegexFilterSettings settings, ModuleContext context, @Nullable LogSink log, SessionContext session) {
        this.settings = settings;
        this.session = session;
        this.log = log;
        name = context.name();
        interest = settings.gate().admits(session) ? WHOLE : CommandInterest.NOTHING;
        altered = context.store().counter("altered");
        unaltered = context.store().counter("unaltered");
        refused = context.store().counter("refused");
    }

    @Override
    public CommandInterest interest() {
        return interest;
    }

    @Override
    public Verdict onCommand(Command command, Holds holds) {
        if (command.code() != Command.COM_QUERY) {
            return Verdict.forward();
        }
        byte[] rewritten;
        try {
            rewritten = settings.match().replaceAll(command.payload(), 1, settings.replace());
        } catch (PatternCostException e) {
            refused.increment();
            return Verdict.fail(SqlError.general(
                    "filter '" + name + "': match is too costly for this statement: " + e.getMessage()));
        }
        (rewritten == null ? unaltered : altered).increment();
        if (log != null || settings.logTrace()) {
            trace(command.sql(), rewritten);
        }
        return rewritten == null ? Verdict.forward() : Verdict.forward(rewritten);
    }

    private void trace(String sql, byte @Nullable [] rewritten) {
        String line = rewritten == null
                ? "No match " + settings.match() + ": [" + sql + "]"
                : "Matched " + settings.match() + ": [" + sql + "] -> ["
                        + new String(rewritten, 1, rewritten.length - 1, StandardCharsets.UTF_8) + "]";
        if (log != null) {
            log.write(line);
        }
        if (settings.logTrace()) {
            LOG.atInfo()
                    .addKeyValue("session", session.id())
                    .addKeyValue("filter", name)
                    .log(line);
        }
    }
}
