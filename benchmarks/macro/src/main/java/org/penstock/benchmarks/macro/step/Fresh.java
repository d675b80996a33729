package org.penstock.benchmarks.macro.step;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.targets.Haproxy;
import org.penstock.benchmarks.macro.targets.Kind;
import org.penstock.benchmarks.macro.targets.Penstock;
import org.penstock.benchmarks.macro.targets.PenstockConfiguration;
import org.penstock.benchmarks.macro.targets.Relay;
import org.penstock.benchmarks.macro.targets.Servers;
import org.penstock.benchmarks.macro.targets.Started;
import org.penstock.benchmarks.macro.targets.Target;

/** Starts of single targets, each in a fresh process with nothing else in it. */
final class Fresh {
    /** What {@link #penstock} can be given beside a service. */
    static final String NATIVE_MEMORY = "-XX:NativeMemoryTracking=summary";

    private final Bench bench;
    private final int threads;

    Fresh(Bench bench) {
        this.bench = bench;
        threads = bench.options().number("threads");
    }

    /** By name, the ways to start those of the kinds that are wanted; services of Penstock in the second distribution too. */
    Map<String, Supplier<Started>> of(Kind... kinds) {
        Map<String, Supplier<Started>> starts = new LinkedHashMap<>();
        Stream.of(kinds)
                .filter(bench.options()::wants)
                .filter(bench.options().kinds()::contains)
                .forEach(kind -> {
                    starts.put(kind.word(), () -> start(kind, bench.options().home()));
                    if (kind.isPenstock()) {
                        bench.options()
                                .baseline()
                                .ifPresent(home -> starts.put(Target.BASELINE + kind.word(), () -> start(kind, home)));
                    }
                });
        return starts;
    }

    private Started start(Kind kind, Path home) {
        Endpoint server = bench.servers().primary();
        return switch (kind) {
            case HAPROXY -> Haproxy.start(bench.workspace(), server, threads, 1000);
            case RELAY -> Relay.start(bench.workspace(), home, server, threads, "");
            case DIRECT -> throw new IllegalArgumentException("nothing to start");
            default ->
                Penstock.begin(bench.workspace(), home, configuration(kind, bench.servers(), 0), "")
                        .service(kind);
        };
    }

    /** A Penstock with one service that counts its native memory, ready for queries. */
    Penstock penstock(Kind kind, Servers servers, int pool) {
        return Penstock.start(
                bench.workspace(), bench.options().home(), configuration(kind, servers, pool), NATIVE_MEMORY);
    }

    private PenstockConfiguration configuration(Kind kind, Servers servers, int pool) {
        return PenstockConfiguration.of(servers, EnumSet.of(kind), threads, pool);
    }

    void end(Child process) {
        bench.workspace().end(process);
    }
}
