package org.penstock.filter.qlafilter;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.value.Texts;
import org.penstock.filter.common.Parameters;
import org.penstock.filter.common.SessionGate;
import org.penstock.filter.common.StatementPattern;

/**
 * The parameters of one qlafilter section.
 *
 * @param filebase beginning of the file names
 * @param perSession whether each session has a file
 * @param unified whether all sessions share one
 * @param append whether files that exist are continued
 * @param flush whether each line is forced out
 * @param sessions which sessions are logged
 * @param match statements that are logged, or null for all
 * @param exclude statements that are not, or null for none
 * @param canonical whether the canonical form is logged in place of the statement
 * @param format of a line
 */
record QlaFilterSettings(
        String filebase,
        boolean perSession,
        boolean unified,
        boolean append,
        boolean flush,
        SessionChoice sessions,
        @Nullable StatementPattern match,
        @Nullable StatementPattern exclude,
        boolean canonical,
        LogFormat format) {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private enum Word {
        CASE,
        IGNORECASE,
        EXTENDED
    }

    private enum Type {
        SESSION,
        UNIFIED
    }

    static QlaFilterSettings of(QlaFilterConfig config) {
        Parameters parameters = new Parameters(QlaFilterConfig.PID);
        Set<Type> types = parameters.words("log_type", config.log__type(), Type.class);
        if (types.isEmpty()) {
            throw parameters.bad("log_type", config.log__type(), "session, unified or both");
        }
        Set<StatementPattern.Option> options = options(parameters, config.options());
        return new QlaFilterSettings(
                parameters.required("filebase", config.filebase()),
                types.contains(Type.SESSION),
                types.contains(Type.UNIFIED),
                parameters.bool("append", config.append()),
                parameters.bool("flush", config.flush()),
                sessions(parameters, config, options),
                parameters.pattern("match", config.match(), options),
                parameters.pattern("exclude", config.exclude(), options),
                parameters.bool("use_canonical_form", config.use__canonical__form()),
                new LogFormat(
                        parameters.words("log_data", config.log__data(), LogField.class),
                        Texts.unquoted(config.separator()),
                        Texts.unquoted(config.newline__replacement()),
                        nanosPerUnit(parameters, config.duration__unit())));
    }

    private static Set<StatementPattern.Option> options(Parameters parameters, String value) {
        Set<Word> words = parameters.words("options", value, Word.class);
        if (words.contains(Word.IGNORECASE) && words.contains(Word.CASE)) {
            throw parameters.bad("options", value, "either ignorecase or case");
        }
        return words.contains(Word.IGNORECASE)
                ? EnumSet.of(StatementPattern.Option.IGNORE_CASE)
                : EnumSet.noneOf(StatementPattern.Option.class);
    }

    private static SessionChoice sessions(
            Parameters parameters, QlaFilterConfig config, Set<StatementPattern.Option> options) {
        return new SessionChoice(
                new SessionGate(config.user(), config.source()),
                parameters.pattern("user_match", config.user__match(), options),
                parameters.pattern("user_exclude", config.user__exclude(), options),
                parameters.pattern("source_match", config.source__match(), options),
                parameters.pattern("source_exclude", config.source__exclude(), options));
    }

    private static long nanosPerUnit(Parameters parameters, String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "ms", "milliseconds" -> NANOS_PER_MILLI;
            case "us", "microseconds" -> NANOS_PER_MICRO;
            default -> throw parameters.bad("duration_unit", value, "milliseconds, ms, microseconds or us");
        };
    }
}
