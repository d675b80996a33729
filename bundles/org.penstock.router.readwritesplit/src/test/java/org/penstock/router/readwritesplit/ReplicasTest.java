package org.penstock.router.readwritesplit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.api.server.ServerStatus.MAINTENANCE;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.RELAY_MASTER;
import static org.penstock.api.server.ServerStatus.RUNNING;
import static org.penstock.api.server.ServerStatus.SLAVE;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.api.server.ServerWeights;

class ReplicasTest {
    private final Given given = new Given();
    private final AtomicLong clock = new AtomicLong(1);
    private final Losses losses = new Losses(clock::get);
    private final Figures figures = new Figures(given.module.store());
    private final Estimates estimates = new Estimates(given.module.store());

    private Replicas replicas(String... parameters) {
        ReadWriteSplitSettings settings = Given.settings(parameters);
        Primary primary = new Primary(given.context, settings, losses, server -> {});
        primary.choose();
        ServerWeights weights = ServerWeights.of(settings.reads().weightBy(), given.context.servers());
        return new Replicas(
                given.context,
                settings,
                primary,
                losses,
                new Scores(settings.reads().criterion(), weights, estimates, figures, clock::get));
    }

    private static String choose(Replicas replicas) {
        return replicas.choose(ReadWriteSplitSettings.ANY_LAG);
    }

    private static List<String> choose(Replicas replicas, int times) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            chosen.add(choose(replicas));
        }
        return chosen;
    }

    @Test
    void shouldTakeTurnsWhenServersAreEqual() {
        assertThat(choose(replicas(), 6)).containsOnly("s1", "s2").satisfies(chosen -> assertThat(
                        chosen.stream().filter("s1"::equals).count())
                .isBetween(2L, 4L));
    }

    @Test
    void shouldPreferFewestOperations() {
        given.s1.operations(3);
        given.s2.operations(2);
        assertThat(choose(replicas(), 4)).containsOnly("s2");
    }

    @Test
    void shouldPreferFewestConnectionsOfAll() {
        given.s1.connections(3).operations(0);
        given.s2.connections(2).operations(9);
        assertThat(choose(replicas("slave_selection_criteria", "LEAST_GLOBAL_CONNECTIONS"), 4))
                .containsOnly("s2");
    }

    @Test
    void shouldPreferFewestSessionsOfTheService() {
        figures.use("s1", 2);
        figures.use("s2", 1);
        given.s2.connections(100);
        assertThat(choose(replicas("slave_selection_criteria", "LEAST_ROUTER_CONNECTIONS"), 4))
                .containsOnly("s2");
    }

    @Test
    void shouldPreferTheLeastBehind() {
        given.s1.fact("replication_lag", "2");
        given.s2.fact("replication_lag", "1");
        assertThat(choose(replicas("slave_selection_criteria", "least_behind_master"), 4))
                .containsOnly("s2");
    }

    @Test
    void shouldPreferTheFasterAndGiveTheSlowerASmallShare() {
        Replicas replicas = replicas("slave_selection_criteria", "adaptive_routing");
        for (int i = 0; i < 20; i++) {
            estimates.add("s1", 1_000_000, clock.get());
            estimates.add("s2", 20_000_000, clock.get());
        }
        assertThat(choose(replicas, 4)).containsOnly("s1");
        int slow = 0;
        for (int i = 0; i < 1000; i++) {
            clock.addAndGet(10_000_000);
            String chosen = choose(replicas);
            estimates.add(chosen, chosen.equals("s1") ? 1_000_000 : 20_000_000, clock.get());
            slow += chosen.equals("s2") ? 1 : 0;
        }
        assertThat(slow).isBetween(1, 50);
    }

    @Test
    void shouldCountWhatAFastServerHasToDoWhenReadsGoByTime() {
        estimates.add("s1", 1_000_000, clock.get());
        estimates.add("s2", 3_000_000, clock.get());
        given.s1.operations(5);
        assertThat(choose(replicas("slave_selection_criteria", "adaptive_routing")))
                .isEqualTo("s2");
    }

    @ParameterizedTest
    @EnumSource(
            value = Criterion.class,
            names = {"LEAST_CURRENT_OPERATIONS", "LEAST_GLOBAL_CONNECTIONS", "LEAST_ROUTER_CONNECTIONS"})
    void shouldWeighOperationsAndConnections(Criterion criterion) {
        given.s1.parameter("w", "3").operations(2).connections(2);
        given.s2.parameter("w", "1").operations(1).connections(1);
        given.m.parameter("w", "1");
        figures.use("s1", 2);
        figures.use("s2", 1);
        assertThat(choose(replicas("slave_selection_criteria", criterion.name(), "weightby", "w"), 3))
                .containsOnly("s1");
    }

    @Test
    void shouldUseServerWithoutWeightWhenItIsTheLast() {
        given.s1.parameter("w", "0");
        given.s2.parameter("w", "9").operations(50);
        given.m.parameter("w", "1");
        Replicas replicas = replicas("weightby", "w");
        assertThat(choose(replicas)).isEqualTo("s2");
        given.s2.set(SLAVE);
        assertThat(choose(replicas)).isEqualTo("s1");
    }

    @Test
    void shouldExcludeWhatLagsTooMuchOrUnknown() {
        given.s1.fact("replication_lag", "5");
        assertThat(replicas().choose(5)).isEqualTo("s2");
        assertThat(replicas().choose(6)).isNotNull();
        given.s2.fact("replication_lag", "what");
        assertThat(replicas().choose(5)).isNull();
        assertThat(replicas().choose(6)).isEqualTo("s1");
    }

    @Test
    void shouldExcludeMaintenanceDownAndRoleless() {
        given.s1.add(MAINTENANCE);
        assertThat(choose(replicas(), 3)).containsOnly("s2");
        given.s2.set(RUNNING);
        assertThat(choose(replicas())).isNull();
        given.s2.set(SLAVE);
        assertThat(choose(replicas())).isNull();
        given.s2.set(RELAY_MASTER, RUNNING);
        assertThat(choose(replicas())).isEqualTo("s2");
    }

    @Test
    void shouldLeaveThePrimaryOutUnlessItAcceptsReads() {
        given.context.linked("m");
        given.s1.operations(4);
        given.s2.operations(4);
        assertThat(choose(replicas(), 4)).doesNotContain("m");
        assertThat(choose(replicas("master_accept_reads", "true"), 4)).containsOnly("m");
        given.m.operations(5);
        assertThat(choose(replicas("master_accept_reads", "true"), 4)).doesNotContain("m");
    }

    @Test
    void shouldUseNoReplicaWhenNoneIsAllowed() {
        given.context.linked("s1");
        assertThat(choose(replicas("max_slave_connections", "0"))).isNull();
    }

    @Test
    void shouldStayWithConnectedServersWhenNoMoreAreAllowed() {
        given.context.linked("m", "s1");
        given.s1.operations(7);
        assertThat(choose(replicas("max_slave_connections", "1"), 3)).containsOnly("s1");
        assertThat(choose(replicas("max_slave_connections", "2"), 3)).containsOnly("s2");
        given.context.replayable(false);
        assertThat(choose(replicas("max_slave_connections", "2"), 3)).containsOnly("s1");
    }

    @Test
    void shouldUseServersOfThePrimarysRankOnly() {
        given.s1.parameter("rank", "secondary");
        assertThat(choose(replicas(), 3)).containsOnly("s2");
        given.s2.set(SLAVE);
        assertThat(choose(replicas())).isNull();
        given.m.set(MASTER);
        assertThat(choose(replicas())).isEqualTo("s1");
    }

    @Test
    void shouldPreferAnotherServerAfterALossAndAvoidOneThatIsLostAgain() {
        Replicas replicas = replicas();
        losses.lost("s1");
        assertThat(choose(replicas, 3)).containsOnly("s2");
        given.s2.set(SLAVE);
        assertThat(choose(replicas)).isEqualTo("s1");
        losses.lost("s1");
        assertThat(choose(replicas)).isNull();
        clock.addAndGet(Losses.PAUSE_NANOS);
        assertThat(choose(replicas)).isEqualTo("s1");
    }

    @Test
    void shouldBeginWithTheBestReplicas() {
        given.s1.operations(1);
        assertThat(replicas().first()).containsExactly("s2", "s1");
        assertThat(replicas("slave_connections", "1").first()).containsExactly("s2");
        assertThat(replicas("max_slave_connections", "1").first()).containsExactly("s2");
        assertThat(replicas("max_slave_connections", "0").first()).isEmpty();
        given.s2.fact("replication_lag", "60");
        assertThat(replicas("max_replication_lag", "60s").first()).containsExactly("s1");
    }

    @Test
    void shouldGiveUpServersInMaintenanceOfAnotherRankOrFarBehind() {
        Replicas replicas = replicas("max_replication_lag", "200s");
        assertThat(replicas.stale(given.s1)).isFalse();
        given.s1.fact("replication_lag", "400");
        assertThat(replicas.stale(given.s1)).isFalse();
        given.s1.fact("replication_lag", "401");
        assertThat(replicas.stale(given.s1)).isTrue();
        assertThat(replicas().stale(given.s1)).isFalse();
        given.s2.parameter("rank", "secondary");
        assertThat(replicas.stale(given.s2)).isTrue();
        given.m.add(MAINTENANCE);
        assertThat(replicas.stale(given.m)).isTrue();
    }
}
