package org.penstock.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;

class GenerationTest {
    @ParameterizedTest
    @CsvSource({"BOUND, true", "STARTED, true", "REFUSED, true", "RETIRING, false", "STOPPED, false"})
    void shouldTakeNoSessionWhenItIsLeaving(Generation.State state, boolean taken) {
        Generation<Object> generation = new Generation<>(
                new Generation.ModuleId("filter", "f", "m", Version.emptyVersion, 1, 1, 1), new Object());
        generation.state(state);
        assertThat(generation.enter()).isEqualTo(taken);
        assertThat(generation.sessions()).isEqualTo(taken ? 1 : 0);
    }
}
