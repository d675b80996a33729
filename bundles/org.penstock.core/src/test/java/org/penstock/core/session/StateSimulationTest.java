package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class StateSimulationTest {
    private static final int RUNS = Integer.getInteger("penstock.simulations", 2000);

    /** Two pipelined reads are lost, the first is sent anew and lost once more: the second must not overtake it. */
    @Test
    void shouldKeepTheOrderOfWhatIsLostTwice() {
        StateSimulation run = new StateSimulation(8_207_051_450_637L);
        run.run();
        assertThat(run.lost).isPositive();
    }

    @Test
    void shouldShowEachCommandTheStateOfItsSessionWhateverServersDo() {
        long first = Long.getLong("penstock.seed", ThreadLocalRandom.current().nextInt(1 << 30) * 10_000L);
        int answered = 0;
        int lost = 0;
        int repeated = 0;
        for (long seed = first; seed < first + RUNS; seed++) {
            StateSimulation run = new StateSimulation(seed);
            try {
                run.run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + run, e);
            }
            answered += run.answered;
            lost += run.lost;
            repeated += run.repeated;
        }
        assertThat(answered).isGreaterThan(RUNS * 10);
        assertThat(lost).isGreaterThan(RUNS / 10);
        assertThat(repeated).isGreaterThan(RUNS / 10);
    }
}
