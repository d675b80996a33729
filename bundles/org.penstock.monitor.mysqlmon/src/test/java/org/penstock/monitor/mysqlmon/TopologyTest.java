package org.penstock.monitor.mysqlmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final String MASTER = "Master, Running";
    private static final String STALE_MASTER = "Master, Stale Status, Running";
    private static final String SLAVE = "Slave, Running";
    private static final String RELAY = "Relay Master, Slave, Running";
    private static final String EXTERNAL = "Slave, Slave of External Server, Running";
    private static final String RUNNING = "Running";
    private static final String DOWN = "Down";

    @Test
    void shouldMakeTheOnlyServerMaster() {
        assertThat(new Cluster(1).tick().words()).containsExactly(MASTER);
        assertThat(new Cluster(1).down(1).tick().words()).containsExactly(DOWN);
    }

    @Test
    void shouldFindMasterAndSlavesInTree() {
        Cluster cluster = new Cluster(3).replicates(2, 1).replicates(3, 1).tick();
        assertThat(cluster.words()).containsExactly(MASTER, SLAVE, SLAVE);
        assertThat(cluster.depths()).containsExactly(0, 1, 1);
        assertThat(cluster.verdict.root()).isEqualTo("s1");
    }

    @Test
    void shouldFindMasterWhenItIsNotTheFirstServer() {
        assertThat(new Cluster(3).replicates(1, 3).replicates(2, 3).tick().words())
                .containsExactly(SLAVE, SLAVE, MASTER);
    }

    @Test
    void shouldFindRelayInChain() {
        Cluster cluster = new Cluster(3).replicates(2, 1).replicates(3, 2).tick();
        assertThat(cluster.words()).containsExactly(MASTER, RELAY, SLAVE);
        assertThat(cluster.depths()).containsExactly(0, 1, 2);
    }

    @Test
    void shouldMakeNobodyMasterWhenNobodyReplicates() {
        Cluster cluster = new Cluster(3).tick();
        assertThat(cluster.words()).containsExactly(RUNNING, RUNNING, RUNNING);
        assertThat(cluster.verdict.memory().masterless()).isTrue();
    }

    @Test
    void shouldNameReplicasOfAnExternalMaster() {
        assertThat(new Cluster(2).replicates(1, 99).replicates(2, 99).tick().words())
                .containsExactly(EXTERNAL, EXTERNAL);
    }

    @Test
    void shouldKeepMasterBesideExternalWhenRootReplicatesFromOutside() {
        Cluster cluster = new Cluster(2).replicates(1, 99).replicates(2, 1).tick();
        assertThat(cluster.words()).containsExactly("Master, Slave, Slave of External Server, Running", SLAVE);
        cluster.rules = new TopologyRules(true, true, false, false, 5, true, true);
        assertThat(cluster.tick().words()).containsExactly(MASTER, SLAVE);
    }

    @Test
    void shouldBeSlaveOnlyWhenAllConnectionsRun() {
        Cluster cluster = new Cluster(3).replicates(2, 1).replicates(3, 1, 2).tick();
        assertThat(cluster.words()).containsExactly(MASTER, RELAY, SLAVE);
        assertThat(cluster.stopped(2, 1).tick().words()).containsExactly(MASTER, RUNNING, SLAVE);
    }

    @Test
    void shouldKeepStaleMasterWhenSlavesAreGone() {
        Cluster cluster = new Cluster(2).replicates(2, 1).tick();
        assertThat(cluster.down(2).tick().words()).containsExactly(STALE_MASTER, DOWN);
        assertThat(cluster.tick().words()).containsExactly(STALE_MASTER, DOWN);
        assertThat(cluster.replicates(2, 1).tick().words()).containsExactly(MASTER, SLAVE);
    }

    @Test
    void shouldNotKeepStaleMasterWhenItIsReadOnlyOrWentDown() {
        Cluster readOnly = new Cluster(2).replicates(2, 1).tick().down(2).readOnly(1);
        assertThat(readOnly.tick().words()).containsExactly(RUNNING, DOWN);
        Cluster down = new Cluster(2).replicates(2, 1).tick().down(2).down(1).tick();
        assertThat(down.alone(1).tick().words()).containsExactly(RUNNING, DOWN);
    }

    @Test
    void shouldDropMasterWithoutSlavesWhenStaleMasterIsOff() {
        Cluster cluster = new Cluster(2).replicates(2, 1);
        cluster.rules = new TopologyRules(false, true, false, false, 5, true, false);
        assertThat(cluster.tick().down(2).tick().words()).containsExactly(RUNNING, DOWN);
    }

    @Test
    void shouldKeepStaleSlavesWhileMasterIsDown() {
        Cluster cluster = new Cluster(3).replicates(2, 1).replicates(3, 1).tick();
        cluster.down(1).connecting(2, 1).connecting(3, 1).tick();
        assertThat(cluster.words()).containsExactly(DOWN, SLAVE, SLAVE);
        assertThat(cluster.tick().words()).containsExactly(DOWN, SLAVE, SLAVE);
    }

    @Test
    void shouldDropSlavesWhileMasterIsDownWhenStaleSlaveIsOff() {
        Cluster cluster = new Cluster(2).replicates(2, 1);
        cluster.rules = new TopologyRules(true, false, false, false, 5, true, false);
        assertThat(cluster.tick().down(1).connecting(2, 1).tick().words()).containsExactly(DOWN, RUNNING);
    }

    @Test
    void shouldLoseCandidacyWhenReplicationStopsUnderARunningMaster() {
        Cluster cluster = new Cluster(3).replicates(2, 1).replicates(3, 1).tick();
        assertThat(cluster.stopped(2, 1).tick().words()).containsExactly(MASTER, RUNNING, SLAVE);
        assertThat(cluster.down(1).connecting(3, 1).tick().words()).containsExactly(DOWN, RUNNING, SLAVE);
    }

    @Test
    void shouldRecogniseMasterAgainWhenItsSlavesStillReconnect() {
        Cluster cluster = new Cluster(2).replicates(2, 1).tick();
        cluster.down(1).connecting(2, 1).tick();
        assertThat(cluster.alone(1).tick().words()).containsExactly(MASTER, RUNNING);
        assertThat(cluster.replicates(2, 1).tick().words()).containsExactly(MASTER, SLAVE);
    }

    @Test
    void shouldNotTakeRelayForMasterWhenMasterIsDown() {
        Cluster cluster = new Cluster(3).replicates(2, 1).replicates(3, 2).tick();
        cluster.down(1).connecting(2, 1).tick();
        assertThat(cluster.words()).containsExactly(DOWN, RELAY, SLAVE);
        assertThat(cluster.verdict.root()).isEmpty();
    }

    @Test
    void shouldFollowPromotionAndIgnoreReturningMaster() {
        Cluster cluster = new Cluster(3).replicates(2, 1).replicates(3, 1).tick();
        cluster.down(1).alone(2).replicates(3, 2).tick();
        assertThat(cluster.words()).containsExactly(DOWN, MASTER, SLAVE);
        assertThat(cluster.alone(1).tick().words()).containsExactly(RUNNING, MASTER, SLAVE);
        assertThat(cluster.replicates(1, 2).tick().words()).containsExactly(SLAVE, MASTER, SLAVE);
    }

    @Test
    void shouldFollowSwitchoverToTheWritableRoot() {
        Cluster cluster = new Cluster(4)
                .replicates(2, 1)
                .replicates(3, 1)
                .replicates(4, 1)
                .tick();
        cluster.readOnly(1).alone(2).replicates(4, 2).tick();
        assertThat(cluster.words()).containsExactly(RUNNING, MASTER, SLAVE, SLAVE);
    }

    @Test
    void shouldPreferFormerMasterThenMostReplicas() {
        Cluster fresh = new Cluster(5)
                .replicates(3, 2)
                .replicates(4, 2)
                .replicates(5, 1)
                .tick();
        assertThat(fresh.verdict.root()).isEqualTo("s2");
        Cluster former = new Cluster(5).replicates(5, 1).tick();
        former.replicates(3, 2).replicates(4, 2).tick();
        assertThat(former.verdict.root()).isEqualTo("s1");
    }

    @Test
    void shouldPickOneMasterOfCircleWithoutMultimaster() {
        Cluster cluster = new Cluster(2).writable(1, 2).writable(2, 1).tick();
        assertThat(cluster.words()).containsExactly(MASTER, RELAY);
        assertThat(cluster.depths()).containsExactly(0, 1);
    }

    @Test
    void shouldMakeAllWritableMembersOfCircleMasterWithMultimaster() {
        Cluster cluster =
                multimaster(3).writable(1, 2).writable(2, 1).replicates(3, 1).tick();
        assertThat(cluster.words()).containsExactly(MASTER, MASTER, SLAVE);
        assertThat(cluster.groups()).containsExactly(1, 1, 0);
        assertThat(cluster.depths()).containsExactly(0, 0, 1);
    }

    @Test
    void shouldMakeReadOnlyMemberOfCircleSlave() {
        Cluster cluster = multimaster(2).replicates(1, 2).writable(2, 1).tick();
        assertThat(cluster.words()).containsExactly(SLAVE, MASTER);
        assertThat(cluster.verdict.root()).isEqualTo("s2");
        cluster.replicates(2, 1).tick();
        assertThat(cluster.words()).containsExactly(SLAVE, SLAVE);
    }

    @Test
    void shouldNumberSeveralCircles() {
        Cluster cluster = multimaster(5)
                .writable(1, 2)
                .writable(2, 1)
                .writable(3, 4)
                .writable(4, 5)
                .writable(5, 3)
                .tick();
        assertThat(cluster.groups()).containsExactly(1, 1, 2, 2, 2);
        assertThat(cluster.words()).containsOnly(MASTER);
    }

    @Test
    void shouldKeepStaleRolesOfBrokenCircle() {
        Cluster cluster =
                multimaster(3).writable(1, 2).writable(2, 3).replicates(3, 1).tick();
        assertThat(cluster.words()).containsExactly(MASTER, MASTER, SLAVE);
        cluster.alone(1).down(2).readOnly(3).ticks(2);
        assertThat(cluster.words()).containsExactly(STALE_MASTER, DOWN, "Slave, Stale Status, Running");
        assertThat(cluster.groups()).containsExactly(1, 0, 1);
    }

    @Test
    void shouldTakeLastSurvivorForMasterAfterFailcount() {
        Cluster cluster = standalone(true);
        cluster.down(1).down(3).ticks(2);
        assertThat(cluster.words()).containsExactly(DOWN, RUNNING, DOWN);
        assertThat(cluster.tick().words()).containsExactly(DOWN, STALE_MASTER, DOWN);
        assertThat(cluster.verdict.toMaintenance()).isEmpty();
        assertThat(cluster.verdict.memory().standalone()).isTrue();
    }

    @Test
    void shouldPutFailedServersIntoMaintenanceWhenTheyMayNotRecover() {
        Cluster cluster = standalone(false);
        cluster.down(1).down(3).ticks(3);
        assertThat(cluster.verdict.toMaintenance()).containsExactlyInAnyOrder("s1", "s3");
        cluster.maintenance(1).maintenance(3).tick();
        assertThat(cluster.words().get(1)).isEqualTo(STALE_MASTER);
        assertThat(cluster.verdict.toMaintenance()).isEmpty();
    }

    @Test
    void shouldNotTakeSurvivorForMasterWhenItIsReadOnlyOrAReplica() {
        Cluster readOnly = standalone(true);
        readOnly.down(1).down(3).readOnly(2).ticks(4);
        assertThat(readOnly.words().get(1)).isEqualTo(RUNNING);
        Cluster replica = standalone(true);
        replica.down(1).down(3).stopped(2, 1).ticks(4);
        assertThat(replica.words().get(1)).isEqualTo(RUNNING);
    }

    @Test
    void shouldReportAuthError() {
        assertThat(new Cluster(2).refused(1).tick().words()).containsExactly("Auth Error, Down", RUNNING);
    }

    @Test
    void shouldCountReplicasInMaintenanceForTheirMaster() {
        Cluster cluster = new Cluster(2).replicates(2, 1).tick();
        assertThat(cluster.maintenance(2).tick().words()).first().isEqualTo(MASTER);
    }

    @Test
    void shouldFindNoMasterWhenItIsInMaintenance() {
        Cluster cluster = new Cluster(2).replicates(2, 1).tick();
        cluster.maintenance(1).tick();
        assertThat(cluster.verdict.root()).isEmpty();
        assertThat(cluster.words().get(1)).isEqualTo(SLAVE);
        assertThat(cluster.alone(1).tick().words()).containsExactly(MASTER, SLAVE);
    }

    @Test
    void shouldKnowTheTopologyAfterTheStateMoved() {
        Cluster cluster = new Cluster(2).replicates(2, 1).tick().down(2).tick();
        cluster.memory = TopologyMemory.of(cluster.memory.toState());
        assertThat(cluster.tick().words()).containsExactly(STALE_MASTER, DOWN);
        Cluster slaves = new Cluster(3).replicates(2, 1).replicates(3, 1).tick();
        TopologyMemory before = slaves.memory;
        slaves.memory = TopologyMemory.of(before.toState());
        assertThat(slaves.memory).isEqualTo(before);
        slaves.down(1).connecting(2, 1).connecting(3, 1).tick();
        assertThat(slaves.words()).containsExactly(DOWN, SLAVE, SLAVE);
    }

    @Test
    void shouldForgetUnreadableMemory() {
        assertThat(ServerMemory.decode("1;2")).isEqualTo(ServerMemory.NEW);
        assertThat(ServerMemory.decode("x;;0;true;0;0")).isEqualTo(ServerMemory.NEW);
        ServerMemory memory = new ServerMemory(3, List.of(1L, 2L), 4, true, 1, 1024);
        assertThat(ServerMemory.decode(memory.encode())).isEqualTo(memory);
    }

    private static Cluster multimaster(int size) {
        Cluster cluster = new Cluster(size);
        cluster.rules = new TopologyRules(true, true, true, false, 5, true, false);
        return cluster;
    }

    private static Cluster standalone(boolean allowRecovery) {
        Cluster cluster = new Cluster(3);
        cluster.rules = new TopologyRules(true, true, false, true, 3, allowRecovery, false);
        return cluster;
    }
}
