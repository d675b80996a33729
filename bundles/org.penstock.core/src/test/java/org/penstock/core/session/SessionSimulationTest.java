package org.penstock.core.session;

import org.junit.jupiter.api.Test;

/**
 * Random interleavings of everything that can happen to a session. One seed again: {@code -Dpenstock.sim.seed=N}; many: {@code -Dpenstock.sim.count=N}.
 */
class SessionSimulationTest {
    private static final long FIRST = Long.getLong("penstock.sim.first", 1);
    private static final long COUNT = Long.getLong("penstock.sim.count", 3_000);

    @Test
    void shouldKeepItsPromisesWhateverTheOrderOfEvents() {
        Long one = Long.getLong("penstock.sim.seed");
        if (one != null) {
            run(one);
            return;
        }
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            run(seed);
        }
    }

    static void run(long seed) {
        try {
            new Simulation(seed).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " failed; again: mvn -pl bundles/org.penstock.core -am test"
                            + " -Dtest=SessionSimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dpenstock.sim.seed="
                            + seed
                            + "\n" + e.getMessage(),
                    e);
        }
    }
}
