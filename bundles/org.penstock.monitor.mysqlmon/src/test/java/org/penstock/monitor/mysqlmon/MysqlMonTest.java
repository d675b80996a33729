package org.penstock.monitor.mysqlmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.monitor.MonitorSchedule;
import org.penstock.api.monitor.ServerReport;
import org.penstock.api.server.ServerStatus;

class MysqlMonTest {
    private final FakeContext context = new FakeContext();
    private Instant now = Instant.ofEpochSecond(1_000_000);

    MysqlMonTest() {
        context.server("s1").mariadb(1, false);
        context.server("s2").mariadb(2, true).replicates(1, "Yes", "Yes", "3");
        context.server("s3").mariadb(3, true).replicates(1, "Yes", "Yes", "0");
    }

    @Test
    void shouldReportRolesAndFacts() {
        Map<String, ServerReport> reports = tick(monitor(Cluster.DEFAULTS, false));
        assertThat(words(reports, "s1")).isEqualTo("Master, Running");
        assertThat(words(reports, "s2")).isEqualTo("Slave, Running");
        assertThat(reports.get("s1").facts())
                .containsEntry("server_id", "1")
                .containsEntry("read_only", "OFF")
                .containsEntry("depth", "0")
                .containsEntry("gtid_current_pos", "0-1-7")
                .doesNotContainKeys("master_id", "replication_lag");
        assertThat(reports.get("s2").facts())
                .containsEntry("server_id", "2")
                .containsEntry("read_only", "ON")
                .containsEntry("depth", "1")
                .containsEntry("master_id", "1")
                .containsEntry("slave_io_running", "Yes")
                .containsEntry("slave_sql_running", "Yes")
                .containsEntry("replication_lag", "3");
    }

    @Test
    void shouldReportDownWhenServerDoesNotAnswer() {
        MysqlMon monitor = monitor(Cluster.DEFAULTS, false);
        tick(monitor);
        context.server("s2").silent = true;
        Map<String, ServerReport> reports = tick(monitor);
        assertThat(words(reports, "s2")).isEqualTo("Down");
        assertThat(reports.get("s2").facts()).isEqualTo(Map.of("server_id", "2"));
    }

    @Test
    void shouldAskAgainAsOftenAsAttemptsSay() {
        context.server("s2").silent = true;
        tick(patient());
        assertThat(context.asked.stream().filter(line -> line.startsWith("s2:")))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT @@server_id", "SHOW ALL SLAVES STATUS", "SELECT @@global.gtid"})
    void shouldAskAgainWhicheverQuestionIsNotAnswered(String question) {
        context.server("s2").misses(question, 2);
        assertThat(words(tick(patient()), "s2")).isEqualTo("Slave, Running");
        context.server("s2").misses(question, 3);
        assertThat(words(tick(patient()), "s2")).isEqualTo("Down");
    }

    /** Three attempts. */
    private MysqlMon patient() {
        MonitorSchedule schedule = monitor(Cluster.DEFAULTS, false).schedule();
        return new MysqlMon(new MysqlMonSettings(schedule, Cluster.DEFAULTS, 3, false, false), Clock.systemUTC());
    }

    @Test
    void shouldReportAuthErrorWhenAccountIsRefused() {
        context.server("s2").refuse("SELECT @@server_id", 1045);
        context.server("s3").refuse("SELECT @@server_id", 1040);
        Map<String, ServerReport> reports = tick(monitor(Cluster.DEFAULTS, false));
        assertThat(words(reports, "s2")).isEqualTo("Auth Error, Down");
        assertThat(words(reports, "s3")).isEqualTo("Down");
    }

    @Test
    void shouldRunWithoutReplicationWhenStatusIsRefused() {
        context.server("s2").refuse("SHOW ALL SLAVES STATUS", 1227);
        assertThat(words(tick(monitor(Cluster.DEFAULTS, false)), "s2")).isEqualTo("Running");
    }

    @Test
    void shouldNeitherAskNorReportServersInMaintenance() {
        context.server("s3").view.add(ServerStatus.MAINTENANCE);
        assertThat(tick(monitor(Cluster.DEFAULTS, false))).containsOnlyKeys("s1", "s2");
        assertThat(context.asked).noneMatch(line -> line.startsWith("s3:"));
    }

    @Test
    void shouldKnowTopologyFromTheFirstTickOfANewGeneration() {
        MysqlMon before = monitor(Cluster.DEFAULTS, false);
        tick(before);
        context.server("s2").silent = true;
        context.server("s3").silent = true;
        MysqlMon after = monitor(Cluster.DEFAULTS, false);
        after.importState(before.exportState());
        assertThat(words(tick(after), "s1")).isEqualTo("Master, Stale Status, Running");
    }

    @Test
    void shouldPutFailedServersIntoMaintenance() {
        MysqlMon monitor = monitor(new TopologyRules(true, true, false, true, 1, false, false), false);
        context.server("s2").silent = true;
        context.server("s3").silent = true;
        assertThat(words(tick(monitor), "s1")).isEqualTo("Master, Stale Status, Running");
        assertThat(context.maintained).containsExactlyInAnyOrder("s2=true", "s3=true");
    }

    @Test
    void shouldMeasureLagByHeartbeatFromTheSecondBeatOn() {
        MysqlMon monitor = monitor(Cluster.DEFAULTS, true);
        context.server("s1").on("SELECT 1 FROM DUAL WHERE @@global.read_only IN", "1", "1");
        context.server("s2").on("SELECT master_timestamp", "master_timestamp", "999970");
        context.server("s3").on("SELECT master_timestamp", "master_timestamp", "999999");
        assertThat(tick(monitor).get("s2").facts()).containsEntry("replication_lag", "3");
        assertThat(context.asked)
                .anyMatch(line -> line.startsWith("s1: CREATE TABLE IF NOT EXISTS maxscale_schema"))
                .anyMatch(line -> line.startsWith("s1: REPLACE INTO maxscale_schema")
                        && line.contains("1000000 FROM DUAL WHERE"));
        now = now.plusSeconds(2);
        Map<String, ServerReport> reports = tick(monitor);
        assertThat(reports.get("s2").facts()).containsEntry("replication_lag", "32");
        assertThat(reports.get("s3").facts()).containsEntry("replication_lag", "3");
        now = now.minusSeconds(2);
        assertThat(tick(monitor).get("s3").facts()).containsEntry("replication_lag", "0");
        assertThat(context.asked.stream().filter(line -> line.contains("CREATE TABLE")))
                .hasSize(1);
        assertThat(context.asked.stream().filter(line -> line.contains("DELETE FROM")))
                .hasSize(1);
    }

    @Test
    void shouldWriteNothingOnAPrimaryThatIsReadOnly() {
        MysqlMon monitor = monitor(Cluster.DEFAULTS, true);
        context.server("s1").on("SELECT 1 FROM DUAL WHERE @@global.read_only IN", "1");
        tick(monitor);
        assertThat(tick(monitor).get("s2").facts()).containsEntry("replication_lag", "3");
        assertThat(context.asked).noneMatch(line -> line.matches("s1: (CREATE|REPLACE|DELETE) .*"));
    }

    @Test
    void shouldFallBackToReportedLagWhenHeartbeatIsRefused() {
        context.server("s1").on("SELECT 1 FROM DUAL WHERE @@global.read_only IN", "1", "1");
        context.server("s1").refuse("CREATE DATABASE", 1044);
        MysqlMon monitor = monitor(Cluster.DEFAULTS, true);
        tick(monitor);
        assertThat(tick(monitor).get("s2").facts()).containsEntry("replication_lag", "3");
    }

    @Test
    void shouldBuildTreeOfOldServersFromTheirReplicaLists() {
        FakeContext old = new FakeContext();
        old.server("a")
                .identity(1, false, "5.1.73-log")
                .on("SHOW SLAVE HOSTS", "Server_id,Host,Port", "2,b,3306")
                .on("SHOW SLAVE STATUS", "Slave_IO_Running,Slave_SQL_Running");
        old.server("b")
                .identity(2, true, "5.1.73-log")
                .on("SHOW SLAVE STATUS", "Slave_IO_Running,Slave_SQL_Running,Seconds_Behind_Master", "Yes,Yes,0");
        MonitorSchedule schedule = monitor(Cluster.DEFAULTS, false).schedule();
        MysqlMon with =
                new MysqlMon(new MysqlMonSettings(schedule, Cluster.DEFAULTS, 1, false, true), Clock.systemUTC());
        Map<String, ServerReport> reports = with.tick(old).toCompletableFuture().join();
        assertThat(words(reports, "a")).isEqualTo("Master, Running");
        assertThat(words(reports, "b")).isEqualTo("Slave, Running");
        reports =
                monitor(Cluster.DEFAULTS, false).tick(old).toCompletableFuture().join();
        assertThat(words(reports, "a")).isEqualTo("Running");
    }

    @Test
    void shouldReadReplicasOfMysql8() {
        FakeContext mysql = new FakeContext();
        mysql.server("a").identity(1, false, "8.4.2");
        mysql.server("b")
                .identity(2, true, "8.4.2")
                .on(
                        "SHOW REPLICA STATUS",
                        "Source_Server_Id,Replica_IO_Running,Replica_SQL_Running,Seconds_Behind_Source",
                        "1,Yes,Yes,5");
        Map<String, ServerReport> reports = monitor(Cluster.DEFAULTS, false)
                .tick(mysql)
                .toCompletableFuture()
                .join();
        assertThat(words(reports, "a")).isEqualTo("Master, Running");
        assertThat(reports.get("b").facts()).containsEntry("replication_lag", "5");
    }

    private Map<String, ServerReport> tick(MysqlMon monitor) {
        return monitor.tick(context).toCompletableFuture().join();
    }

    private static String words(Map<String, ServerReport> reports, String server) {
        return ServerStatus.describe(reports.get(server).status());
    }

    private MysqlMon monitor(TopologyRules rules, boolean heartbeat) {
        MonitorSchedule schedule = new MonitorSchedule(
                List.of("s1", "s2", "s3"),
                "maxuser",
                "",
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                "",
                List.of());
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new MysqlMon(new MysqlMonSettings(schedule, rules, 1, heartbeat, false), clock);
    }
}
