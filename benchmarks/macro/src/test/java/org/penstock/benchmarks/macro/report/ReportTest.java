package org.penstock.benchmarks.macro.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.load.LoadResult;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.load.Workload;
import org.penstock.benchmarks.macro.process.ProcessSample;
import org.penstock.benchmarks.macro.targets.Kind;
import org.penstock.benchmarks.macro.targets.Target;

class ReportTest {
    private static final Row ROW = new Row(Workload.READ_ONLY, 8);
    private static final Endpoint ADDRESS = new Endpoint("127.0.0.1", 1);

    private final Results results = new Results();

    @Test
    void shouldTakeTheRelayWhereItLiesAboveTheBound() {
        run(new Target("haproxy", Kind.HAPROXY, ADDRESS, 1L), 1, 100);
        run(new Target("relay", Kind.RELAY, ADDRESS, 2L), 1, 140);
        run(new Target("readconnroute", Kind.READCONNROUTE, ADDRESS, 3L), 1, 150);
        run(new Target("readwritesplit", Kind.READWRITESPLIT, ADDRESS, 3L), 1, 160);

        assertThat(Goals.of(results))
                .filteredOn(goal -> goal.what().contains("CPU"))
                .extracting(Goal::what, Goal::measured, Goal::met)
                .containsExactly(
                        tuple("read_only, 8 clients: CPU of readconnroute to haproxy", "1.50", true),
                        tuple("read_only, 8 clients: CPU of readwritesplit to haproxy", "1.60", false));
    }

    @Test
    void shouldPairTwinsByRound() {
        Target own = new Target("readconnroute", Kind.READCONNROUTE, ADDRESS, 1L);
        Target twin = new Target("baseline-readconnroute", Kind.READCONNROUTE, ADDRESS, 2L);
        for (int round = 1; round <= 3; round++) {
            run(own, round, 100 * round + 10 * round * round);
            run(twin, round, 100 * round);
        }

        assertThat(Pairs.of(results)).singleElement().satisfies(pair -> {
            assertThat(pair.target()).isEqualTo("readconnroute");
            assertThat(Pairs.summary(pair.cpu())).isEqualTo("1.20 (1.10 to 1.30)");
        });
    }

    @Test
    void shouldWriteJsonThatHasNoOtherNumbers() {
        assertThat(Json.of(Map.of("a\"b", List.of(1, 2.5, Double.NaN, true, "x\ny"))))
                .isEqualTo("{\n  \"a\\\"b\": [\n    1,\n    2.500,\n    null,\n    true,\n    \"x\\u000ay\"\n  ]\n}\n");
    }

    private void run(Target target, int round, long cpuMillis) {
        LoadResult load = new LoadResult(1000, 1000, 1, 1, 2, 3, 0, List.of());
        results.add(new Measurement(ROW, target, round, load, new ProcessSample(cpuMillis, 10, 1024)));
    }
}
