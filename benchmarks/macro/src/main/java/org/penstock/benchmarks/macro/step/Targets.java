package org.penstock.benchmarks.macro.step;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.penstock.benchmarks.macro.Options;
import org.penstock.benchmarks.macro.targets.Haproxy;
import org.penstock.benchmarks.macro.targets.Kind;
import org.penstock.benchmarks.macro.targets.Penstock;
import org.penstock.benchmarks.macro.targets.PenstockConfiguration;
import org.penstock.benchmarks.macro.targets.Relay;
import org.penstock.benchmarks.macro.targets.Started;
import org.penstock.benchmarks.macro.targets.Target;

/** Starts the targets of a run, in the order of their turns. */
public final class Targets {
    private static final int CONNECTIONS = 4000;
    private static final int POOL = 256;

    private final Bench bench;
    private final Options options;
    private final String jvmOptions;

    private Targets(Bench bench, String jvmOptions) {
        this.bench = bench;
        this.jvmOptions = jvmOptions;
        this.options = bench.options();
    }

    /** All of them, ready for queries; they end with the workspace. JVMs get some options beside their own. */
    public static List<Target> start(Bench bench, String jvmOptions) {
        Targets targets = new Targets(bench, jvmOptions);
        List<Target> all = new ArrayList<>();
        for (Kind kind : targets.options.kinds()) {
            switch (kind) {
                case DIRECT ->
                    all.add(new Target(kind.word(), kind, bench.servers().primary(), null));
                case HAPROXY -> all.add(target(kind, targets.haproxy()));
                case RELAY -> all.add(target(kind, targets.relay()));
                case READCONNROUTE, READWRITESPLIT, FILTER1, FILTER2, POOL -> {}
            }
        }
        all.addAll(targets.penstock(targets.options.home(), ""));
        targets.options.baseline().ifPresent(home -> all.addAll(targets.penstock(home, Target.BASELINE)));
        all.addAll(targets.options.targets());
        return all;
    }

    private static Target target(Kind kind, Started started) {
        started.awaitQuery();
        return new Target(
                kind.word(), kind, started.address(), started.process().pid());
    }

    private Started haproxy() {
        return Haproxy.start(bench.workspace(), bench.servers().primary(), options.number("threads"), CONNECTIONS);
    }

    private Started relay() {
        return Relay.start(
                bench.workspace(), options.home(), bench.servers().primary(), options.number("threads"), jvmOptions);
    }

    private List<Target> penstock(Path home, String prefix) {
        Set<Kind> services = EnumSet.noneOf(Kind.class);
        options.kinds().stream().filter(Kind::isPenstock).forEach(services::add);
        List<Target> targets = new ArrayList<>();
        List<Set<Kind>> processes = new ArrayList<>();
        if (options.separate()) {
            services.forEach(service -> processes.add(EnumSet.of(service)));
        } else if (!services.isEmpty()) {
            processes.add(services);
        }
        for (Set<Kind> together : processes) {
            PenstockConfiguration configuration =
                    PenstockConfiguration.of(bench.servers(), together, options.number("threads"), POOL);
            Penstock penstock = Penstock.start(bench.workspace(), home, configuration, jvmOptions);
            together.forEach(kind -> targets.add(new Target(
                    prefix + kind.word(),
                    kind,
                    penstock.service(kind).address(),
                    penstock.process().pid())));
        }
        return targets;
    }
}
