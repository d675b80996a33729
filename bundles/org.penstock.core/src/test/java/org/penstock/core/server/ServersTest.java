package org.penstock.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.penstock.api.server.ServerStatus.MAINTENANCE;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.RUNNING;
import static org.penstock.api.server.ServerStatus.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.penstock.api.admin.AdminException;
import org.penstock.api.monitor.ServerReport;
import org.penstock.api.server.ServerStatus;

class ServersTest {
    private final Servers servers = new Servers();
    private final List<String> events = new ArrayList<>();

    private void recordEvents() {
        servers.listen(new ServerListener() {
            @Override
            public void added(Server server) {
                events.add("+" + server.name());
            }

            @Override
            public void removed(Server server) {
                events.add("-" + server.name());
            }

            @Override
            public void modified(Server server, ServerSettings before) {
                events.add(server.name() + ":" + before.port() + ">" + server.port());
            }

            @Override
            public void statusChanged(Server server, int before, int after) {
                events.add(server.name() + ": " + ServerStatus.describe(before) + " > " + ServerStatus.describe(after));
            }
        });
    }

    private static ServerReport report(ServerStatus... statuses) {
        return new ServerReport(mask(statuses), Map.of("server_id", "7"));
    }

    @Test
    void shouldBeRunningWhenNoMonitorWatches() {
        assertThat(servers.add(ServerSettings.of("db1", "127.0.0.1", 3306)).usable())
                .isTrue();
    }

    @Test
    void shouldBeDownUntilFirstReportWhenWatched() {
        servers.watch("mon", List.of("db1"));
        Server server = servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        assertThat(server.usable()).isFalse();
        servers.report("mon", "db1", report(RUNNING, MASTER));
        assertThat(ServerStatus.describe(server.status())).isEqualTo("Master, Running");
        assertThat(server.facts()).containsEntry("server_id", "7");
    }

    @Test
    void shouldGoDownWhenMonitorAppearsBeforeFirstUse() {
        Server server = servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        servers.watch("mon", List.of("db1"));
        assertThat(server.usable()).isFalse();
    }

    @Test
    void shouldKeepStatusWhenMonitorAppearsWhileInUse() {
        Server server = servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        server.connectionOpened();
        servers.watch("mon", List.of("db1"));
        assertThat(server.usable()).isTrue();
    }

    @Test
    void shouldRunAgainWhenWatchEnds() {
        Server server = servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        servers.watch("mon", List.of("db1"));
        servers.unwatch("mon");
        assertThat(server.usable()).isTrue();
        assertThat(servers.watcher("db1")).isNull();
    }

    @Test
    void shouldReleaseServersThatAChangedMonitorNoLongerNames() {
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        servers.add(ServerSettings.of("db2", "127.0.0.1", 3307));
        servers.watch("mon", List.of("db1", "db2"));
        servers.watch("mon", List.of("db2"));
        assertThat(servers.get("db1").usable()).isTrue();
        assertThat(servers.get("db2").usable()).isFalse();
    }

    @Test
    void shouldRefuseSecondWatcher() {
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        assertThat(servers.watch("one", List.of("db1"))).isEmpty();
        assertThat(servers.watch("two", List.of("db1"))).containsEntry("db1", "one");
        servers.report("two", "db1", report(RUNNING, MASTER));
        assertThat(servers.get("db1").is(MASTER)).isFalse();
    }

    @Test
    void shouldKeepMaintenanceWhenMonitorReports() {
        Server server = servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        servers.watch("mon", List.of("db1"));
        servers.set("db1", MAINTENANCE, "operator");
        servers.report("mon", "db1", report(RUNNING));
        assertThat(server.is(MAINTENANCE)).isTrue();
        servers.clear("db1", MAINTENANCE, "operator");
        servers.report("mon", "db1", report(RUNNING, MAINTENANCE));
        assertThat(server.is(MAINTENANCE)).isFalse();
    }

    @Test
    void shouldTellOfEachChangeOnce() {
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        recordEvents();
        servers.watch("mon", List.of("db1"));
        servers.report("mon", "db1", report(RUNNING));
        servers.report("mon", "db1", report(RUNNING));
        servers.modify(ServerSettings.of("db1", "127.0.0.1", 3310));
        servers.modify(ServerSettings.of("db1", "127.0.0.1", 3310));
        servers.remove("db1");
        assertThat(events)
                .containsExactly("+db1", "db1: Down > Running", "db1:3306>3310", "db1: Running > Down", "-db1");
    }

    @Test
    void shouldKeepObjectAndStatusWhenModified() {
        Server server = servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        servers.set("db1", MASTER, "operator");
        servers.modify(ServerSettings.of("db1", "10.0.0.1", 3306));
        assertThat(servers.find("db1")).isSameAs(server);
        assertThat(server.address()).isEqualTo("10.0.0.1");
        assertThat(server.is(MASTER)).isTrue();
    }

    @Test
    void shouldNameTheKnownWhenUnknown() {
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        servers.add(ServerSettings.of("db2", "127.0.0.1", 3306));
        assertThatThrownBy(() -> servers.get("db3"))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("'db3'")
                .hasMessageContaining("db1, db2");
        assertThat(servers.existing(List.of("db2", "db3", "db1")))
                .extracting(Server::name)
                .containsExactly("db2", "db1");
    }

    @Test
    void shouldRefuseSecondServerOfOneName() {
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        assertThatThrownBy(() -> servers.add(ServerSettings.of("db1", "127.0.0.1", 3307)))
                .hasMessageContaining("defined twice");
    }

    @Test
    void shouldCountConnections() {
        Server server = servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        assertThat(server.tryOpenConnection()).isTrue();
        server.connectionOpened();
        server.operationStarted();
        server.connectionClosed();
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.totalConnections()).isEqualTo(2);
        assertThat(server.operations()).isEqualTo(1);
        server.operationEnded();
        assertThat(server.operations()).isZero();
    }
}
