package org.penstock.benchmarks.macro.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.benchmarks.macro.report.ColdFigure;

class ColdsTest {
    @Test
    void shouldCountTheFirstSecondThatStaysNearTheSteadyThroughput() {
        ColdFigure figure = Colds.figure("x", List.of(10.0, 95.0, 50.0, 92.0, 95.0, 100.0, 100.0, 100.0));

        assertThat(figure.seconds()).isEqualTo(4);
        assertThat(figure.steady()).isEqualTo(100);
        assertThat(figure.first()).isEqualTo(10);
    }
}
