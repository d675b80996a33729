package org.penstock.filter.namedserverfilter;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.penstock.api.statement.Hint;
import org.penstock.api.value.Texts;
import org.penstock.filter.common.Parameters;
import org.penstock.filter.common.StatementPattern;

/** Reads the pairs of patterns and targets of a section, in the order in which they are tried. */
final class Pairs {
    private static final String MASTER = "->master";
    private static final String SLAVE = "->slave";
    private static final String ALL = "->all";
    private static final String EXPECTED =
            "the name of a server, a comma list of names, or one of " + MASTER + ", " + SLAVE + ", " + ALL;

    private final Parameters parameters;
    private final Set<StatementPattern.Option> options;
    private final List<Target> read = new ArrayList<>();

    private Pairs(Parameters parameters, Set<StatementPattern.Option> options) {
        this.parameters = parameters;
        this.options = options;
    }

    static List<Target> of(
            NamedServerFilterConfig config, Parameters parameters, Set<StatementPattern.Option> options) {
        Pairs pairs = new Pairs(parameters, options);
        pairs.numbered(config);
        if (!config.match().isEmpty() && !pairs.read.isEmpty()) {
            throw parameters.bad("match", config.match(), "either match and server, or pairs with numbers");
        }
        pairs.pair("match", config.match(), "server", config.server());
        if (pairs.read.isEmpty()) {
            throw parameters.bad("match01", "", "at least one pair of matchXY and targetXY");
        }
        return List.copyOf(pairs.read);
    }

    private void numbered(NamedServerFilterConfig config) {
        String[] values = {
            config.match01(), config.target01(),
            config.match02(), config.target02(),
            config.match03(), config.target03(),
            config.match04(), config.target04(),
            config.match05(), config.target05(),
            config.match06(), config.target06(),
            config.match07(), config.target07(),
            config.match08(), config.target08(),
            config.match09(), config.target09(),
            config.match10(), config.target10(),
            config.match11(), config.target11(),
            config.match12(), config.target12(),
            config.match13(), config.target13(),
            config.match14(), config.target14(),
            config.match15(), config.target15(),
            config.match16(), config.target16(),
            config.match17(), config.target17(),
            config.match18(), config.target18(),
            config.match19(), config.target19(),
            config.match20(), config.target20(),
            config.match21(), config.target21(),
            config.match22(), config.target22(),
            config.match23(), config.target23(),
            config.match24(), config.target24(),
            config.match25(), config.target25()
        };
        for (int i = 0; i < values.length; i += 2) {
            String number = String.format("%02d", i / 2 + 1);
            pair("match" + number, values[i], "target" + number, values[i + 1]);
        }
    }

    private void pair(String matchKey, String match, String targetKey, String target) {
        if (match.isEmpty() && target.isEmpty()) {
            return;
        }
        if (match.isEmpty() || target.isEmpty()) {
            throw match.isEmpty()
                    ? parameters.bad(matchKey, match, "a regular expression beside " + targetKey)
                    : parameters.bad(targetKey, target, EXPECTED + ", beside " + matchKey);
        }
        StatementPattern pattern = Objects.requireNonNull(parameters.pattern(matchKey, match, options));
        read.add(new Target(pattern, hints(targetKey, target)));
    }

    private List<Hint> hints(String key, String value) {
        List<String> names = Texts.list(value);
        if (names.isEmpty()) {
            throw parameters.bad(key, value, EXPECTED);
        }
        if (names.size() == 1 && names.get(0).startsWith("->")) {
            return switch (names.get(0)) {
                case MASTER -> List.of(new Hint.ToPrimary());
                case SLAVE -> List.of(new Hint.ToReplica());
                case ALL -> List.of(new Hint.ToAll());
                default -> throw parameters.bad(key, value, EXPECTED);
            };
        }
        List<Hint> hints = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith("->")) {
                throw parameters.bad(key, value, EXPECTED);
            }
            hints.add(new Hint.ToServer(name));
        }
        return hints;
    }
}
