package org.penstock.benchmarks.macro.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.penstock.benchmarks.macro.BenchmarkException;

class SysbenchOutputTest {
    private static final String OUTPUT =
            """
            [ 1s ] thds: 8 tps: 90.00 qps: 1441.12 (r/w/o: 1261.40/0.00/179.71) lat (ms,95%): 10.00 err/s: 0.00 reconn/s: 0.00
            [ 2s ] thds: 8 tps: 110.00 qps: 1760.00 (r/w/o: 1261.40/0.00/179.71) lat (ms,95%): 10.00 err/s: 0.00 reconn/s: 0.00
            Latency histogram (values are in milliseconds)
                   value  ------------- distribution ------------- count
                   0.480 |*                                        1
                   0.500 |**************************************** 94
                   0.520 |                                         4
                   9.100 |*                                        1

            SQL statistics:
                queries performed:
                    read:                            2800
                    total:                           3200
                transactions:                        200    (99.00 per sec.)
                queries:                             3200   (1584.00 per sec.)
                ignored errors:                      3      (1.00 per sec.)

            General statistics:
                total time:                          2.0200s
                total number of events:              200
            """;

    @Test
    void shouldReadTotalsIntervalsAndPercentiles() {
        LoadResult result = SysbenchOutput.parse(OUTPUT);

        assertThat(result.queries()).isEqualTo(3200);
        assertThat(result.events()).isEqualTo(200);
        assertThat(result.errors()).isEqualTo(3);
        assertThat(result.seconds()).isEqualTo(2.02);
        assertThat(result.perSecond()).containsExactly(1441.12, 1760.0);
        assertThat(result.p50()).isEqualTo(0.5);
        assertThat(result.p95()).isEqualTo(0.5);
        assertThat(result.p99()).isEqualTo(0.52);
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(() -> SysbenchOutput.parse("FATAL: unable to connect"))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("FATAL: unable to connect");
    }

    @Test
    void shouldReadTheBundledGenerator() {
        LoadResult result = JavaLoad.parse("INTERVAL 10\nINTERVAL 30\nRESULT 40 40 2 2.0 0.5 0.9 1.5\n");

        assertThat(result.queriesPerSecond()).isEqualTo(20);
        assertThat(result.errors()).isEqualTo(2);
        assertThat(result.p99()).isEqualTo(1.5);
        assertThat(result.perSecond()).containsExactly(10.0, 30.0);
    }
}
