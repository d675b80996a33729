package org.penstock.filter.regexfilter;

import java.util.Objects;
import java.util.Set;
import org.penstock.api.value.ConfigurationException;
import org.penstock.filter.common.Parameters;
import org.penstock.filter.common.Replacement;
import org.penstock.filter.common.SessionGate;
import org.penstock.filter.common.StatementPattern;

/**
 * The parameters of one regexfilter section.
 *
 * @param match what is replaced
 * @param replace what takes its place
 * @param gate sessions that are rewritten
 * @param logFile file for each statement; empty for none
 * @param logTrace whether each statement is logged at level info
 */
record RegexFilterSettings(
        StatementPattern match, Replacement replace, SessionGate gate, String logFile, boolean logTrace) {
    static RegexFilterSettings of(RegexFilterConfig config) {
        Parameters parameters = new Parameters(RegexFilterConfig.PID);
        Set<StatementPattern.Option> options = parameters.patternOptions("options", config.options());
        String source = parameters.required("match", config.match());
        StatementPattern match = Objects.requireNonNull(parameters.pattern("match", source, options));
        return new RegexFilterSettings(
                match,
                replacement(parameters, config.replace(), match),
                new SessionGate(config.user(), config.source()),
                config.log__file(),
                parameters.bool("log_trace", config.log__trace()));
    }

    private static Replacement replacement(Parameters parameters, String value, StatementPattern match) {
        String text = parameters.present("replace", value);
        try {
            return Replacement.parse(text, match);
        } catch (ConfigurationException e) {
            throw e.at(parameters.place(), "replace");
        }
    }
}
