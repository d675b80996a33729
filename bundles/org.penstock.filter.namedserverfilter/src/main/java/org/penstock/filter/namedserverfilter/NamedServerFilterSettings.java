package org.penstock.filter.namedserverfilter;

import java.util.List;
import org.penstock.filter.common.Parameters;

/**
 * The parameters of one namedserverfilter section.
 *
 * @param targets in the order in which they are tried
 * @param user exact account name of the sessions that are looked at, empty for any
 * @param sources from where they come
 */
record NamedServerFilterSettings(List<Target> targets, String user, Sources sources) {
    static NamedServerFilterSettings of(NamedServerFilterConfig config) {
        Parameters parameters = new Parameters(NamedServerFilterConfig.PID);
        return new NamedServerFilterSettings(
                Pairs.of(config, parameters, parameters.patternOptions("options", config.options())),
                config.user(),
                Sources.of(parameters, "source", config.source()));
    }
}
