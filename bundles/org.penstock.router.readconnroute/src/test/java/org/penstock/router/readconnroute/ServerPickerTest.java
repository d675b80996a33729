package org.penstock.router.readconnroute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.api.server.ServerStatus.DRAINING;
import static org.penstock.api.server.ServerStatus.MAINTENANCE;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.NDB;
import static org.penstock.api.server.ServerStatus.RELAY_MASTER;
import static org.penstock.api.server.ServerStatus.SLAVE;
import static org.penstock.api.server.ServerStatus.SYNCED;
import static org.penstock.testkit.FakeServer.running;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.server.ServerView;
import org.penstock.api.server.ServerWeights;
import org.penstock.testkit.FakeServer;

class ServerPickerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "master       | m",
                "slave        | relay",
                "running      | m",
                "synced       | sync",
                "ndb          | ndb",
                "master,slave | m",
                "slave,synced | relay",
            })
    void shouldPickFirstOfWantedRoleWhenLoadIsEqual(String options, String expected) {
        assertThat(pick(
                        options,
                        running("m", MASTER).fact("depth", "0"),
                        running("relay", RELAY_MASTER, SLAVE).fact("depth", "1"),
                        running("s", SLAVE).fact("depth", "2"),
                        running("sync", SYNCED),
                        running("ndb", NDB)))
                .isEqualTo(expected);
    }

    @Test
    void shouldPickRootWhenSeveralServersAreMaster() {
        assertThat(pick(
                        "master",
                        running("deep", MASTER).fact("depth", "1"),
                        running("root", MASTER).fact("depth", "0").connections(50)))
                .isEqualTo("root");
    }

    @Test
    void shouldPickNothingWhenMasterIsWantedAndMissing() {
        assertThat(pick("master", running("s", SLAVE), running("down").set(MASTER)))
                .isNull();
    }

    @Test
    void shouldFallBackToMasterWhenNoSlaveIsLeft() {
        assertThat(pick("slave", running("m", MASTER), running("s").set())).isEqualTo("m");
    }

    @Test
    void shouldSkipRootWhenItIsSlaveOfAnExternalServer() {
        assertThat(pick(
                        "slave",
                        running("m", MASTER, SLAVE),
                        running("s", SLAVE).connections(9)))
                .isEqualTo("s");
    }

    @Test
    void shouldSkipServersInMaintenance() {
        assertThat(pick("running", running("a", MAINTENANCE), running("b").connections(100)))
                .isEqualTo("b");
    }

    @Test
    void shouldSkipServersThatAreDrained() {
        assertThat(pick("running", running("a", DRAINING), running("b").connections(100)))
                .isEqualTo("b");
        assertThat(pick("master", running("a", MASTER, DRAINING), running("b", SLAVE)))
                .isNull();
    }

    @Test
    void shouldPreferFewestConnectionsThenFewestEverThenOrder() {
        assertThat(pick("running", running("a").connections(3), running("b").connections(2)))
                .isEqualTo("b");
        assertThat(pick("running", running("a").total(7), running("b").total(6)))
                .isEqualTo("b");
        assertThat(pick("running", running("a").total(6), running("b").total(6)))
                .isEqualTo("a");
    }

    @Test
    void shouldExcludeMasterWhenItMayNotAcceptReads() {
        ReadConnRouteSettings settings = settings("running", false, 0);
        ServerPicker picker = new ServerPicker(settings);
        List<ServerView> both =
                List.of(running("m", MASTER), running("s", SLAVE).connections(9));
        assertThat(picker.pick(both, ServerWeights.NONE)).isEqualTo(both.get(1));
        assertThat(picker.pick(both.subList(0, 1), ServerWeights.NONE)).isNull();
    }

    @Test
    void shouldExcludeReplicasThatLag() {
        ServerPicker picker = new ServerPicker(settings("slave", true, 10));
        List<ServerView> servers = List.of(
                running("m", MASTER),
                running("late", SLAVE).fact("replication_lag", "11"),
                running("unknown", SLAVE),
                running("near", SLAVE).fact("replication_lag", "10").connections(5));
        assertThat(picker.pick(servers, ServerWeights.NONE)).isEqualTo(servers.get(3));
    }

    @Test
    void shouldExcludeReplicasWhoseReplicationStandsStill() {
        ServerPicker picker = new ServerPicker(settings("running", false, 10));
        List<ServerView> servers = List.of(
                running("stopped").fact("master_id", "1"), running("alone").connections(5));
        assertThat(picker.pick(servers, ServerWeights.NONE)).isEqualTo(servers.get(1));
    }

    @Test
    void shouldChooseAnyMasterOfACircleWhateverTheLag() {
        ServerPicker picker = new ServerPicker(settings("running", true, 10));
        List<ServerView> servers = List.of(
                running("one", MASTER).fact("master_id", "2").connections(5),
                running("two", MASTER).fact("master_id", "1"));
        assertThat(picker.pick(servers, ServerWeights.NONE)).isEqualTo(servers.get(1));
    }

    @Test
    void shouldShareConnectionsByWeight() {
        List<ServerView> servers = List.of(
                running("a").parameter("weight", "3").connections(30),
                running("b").parameter("weight", "1").connections(9));
        ServerPicker picker = new ServerPicker(settings("running", true, 0));
        ServerWeights weights = ServerWeights.of("weight", servers);
        assertThat(weights.of(servers.get(0))).isEqualTo(750);
        assertThat(weights.of(servers.get(1))).isEqualTo(250);
        // 31 * 1000 / 750 = 41 against 10 * 1000 / 250 = 40
        assertThat(picker.pick(servers, weights)).isEqualTo(servers.get(1));
        ((FakeServer) servers.get(1)).connections(10);
        assertThat(picker.pick(servers, weights)).isEqualTo(servers.get(0));
    }

    @Test
    void shouldUseServerOfShareZeroOnlyWhenItIsTheLast() {
        FakeServer zero = running("zero").parameter("weight", "0");
        FakeServer full = running("full").parameter("weight", "5").connections(1000);
        List<ServerView> servers = List.of(zero, full);
        ServerPicker picker = new ServerPicker(settings("running", true, 0));
        ServerWeights weights = ServerWeights.of("weight", servers);
        assertThat(picker.pick(servers, weights)).isEqualTo(full);
        full.set();
        assertThat(picker.pick(servers, weights)).isEqualTo(zero);
    }

    static String pick(String options, FakeServer... servers) {
        ServerView picked = new ServerPicker(settings(options, true, 0)).pick(List.of(servers), ServerWeights.NONE);
        return picked == null ? null : picked.name();
    }

    static ReadConnRouteSettings settings(String options, boolean masterAcceptReads, int maxLag) {
        return new ReadConnRouteSettings(
                ReadConnRouteSettings.roles(List.of(options.split(","))),
                "",
                masterAcceptReads,
                Duration.ofSeconds(maxLag));
    }
}
