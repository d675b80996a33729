package org.penstock.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.RUNNING;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.QueryResult;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.ServiceConnector;

/** A monitor's connections: deadlines, accounts, servers that hang or refuse. */
class MonitorConnectionsTest extends MonitorFixture {
    @Test
    void shouldReportServerThatHangsAsDownInTime() throws Exception {
        timeout = Duration.ofMillis(200);
        runner.swapTo(new ProbingMonitor("a"), context);
        tick();
        connector.answer = CompletableFuture::new;
        tick();
        await(() -> !db1().is(RUNNING));
        assertThat(connector.open).as("the connection is dropped").isZero();
        await(() -> !due.isEmpty());
        connector.answer = () -> CompletableFuture.completedFuture(ONE);
        tick();
        assertThat(db1().is(MASTER)).isTrue();
        assertThat(connector.connects).hasSize(2);
    }

    @Test
    void shouldBoundDeadlinesByTheInterval() {
        timeout = Duration.ofSeconds(30);
        assertThat(MonitorConnections.deadline(timeout, schedule())).isEqualTo(Duration.ofSeconds(2));
        assertThat(MonitorConnections.deadline(Duration.ofMillis(500), schedule()))
                .isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void shouldCloseConnectionThatComesTooLate() throws Exception {
        timeout = Duration.ofMillis(100);
        CompletableFuture<ServiceConnector.Opened> late = new CompletableFuture<>();
        connector.pending = late;
        runner.swapTo(new ProbingMonitor("a"), context);
        tick();
        await(() -> due.size() == 1);
        assertThat(db1().is(RUNNING)).isFalse();
        late.complete(connector.connection(db1()));
        assertThat(connector.open).isZero();
    }

    @Test
    void shouldPassOnServersOwnErrorAndKeepConnection() {
        BackendException denied = new BackendException("db1", new SqlError(1227, "42000", "no"));
        connector.answer = () -> CompletableFuture.failedFuture(denied);
        CompletionStage<QueryResult> asked = connections.ask(db1(), schedule(), "SHOW SLAVE STATUS");
        assertThatThrownBy(() -> asked.toCompletableFuture().get(1, TimeUnit.SECONDS))
                .hasCause(denied);
        assertThat(connector.open).isEqualTo(1);
    }

    @Test
    void shouldUseAccountOfServerAndFollowItsChanges() {
        connections.ask(db1(), schedule(), "SELECT 1");
        servers.modify(ServerSettings.of("db1", "127.0.0.1", 3310));
        connections.ask(db1(), schedule(), "SELECT 1");
        ServerSettings plain = db1().settings();
        servers.modify(new ServerSettings(
                "db1",
                "127.0.0.1",
                3310,
                "",
                "MySQLBackend",
                "",
                "own",
                "pw",
                0,
                Duration.ZERO,
                0,
                org.penstock.core.server.ConnectLimits.DEFAULT,
                org.penstock.core.server.ProxyHeaderVersion.NONE,
                plain.tls(),
                false,
                plain.key(),
                Map.of()));
        connections.ask(db1(), schedule(), "SELECT 1");
        assertThat(connector.connects).containsExactly("mon@db1:3306", "mon@db1:3310", "own@db1:3310");
        assertThat(connector.open).isEqualTo(1);
        connections.closeAll();
        assertThat(connector.open).isZero();
    }

    /** As a monitor with several attempts does. */
    @Test
    void shouldAskAgainOverANewConnectionUntilTheTickIsOver() throws Exception {
        timeout = Duration.ofMillis(100);
        connector.answer = CompletableFuture::new;
        TickContext tick = new ReportRoom("mon", servers, scripts).begin(schedule(), connections);
        CompletableFuture<QueryResult> hangs = tick.ask(db1(), "SELECT 1").toCompletableFuture();
        await(hangs::isDone);
        assertThat(hangs).isCompletedExceptionally();
        connector.answer = () -> CompletableFuture.completedFuture(ONE);
        assertThat(tick.ask(db1(), "SELECT 1").toCompletableFuture().get(1, TimeUnit.SECONDS))
                .isEqualTo(ONE);
        assertThat(connector.connects).hasSize(2);
        connector.refusal = new BackendException("db1", "refused", null);
        connections.closeAll();
        assertThat(tick.ask(db1(), "SELECT 1").toCompletableFuture()).isCompletedExceptionally();
        connector.refusal = null;
        assertThat(tick.ask(db1(), "SELECT 1").toCompletableFuture().get(1, TimeUnit.SECONDS))
                .isEqualTo(ONE);
        tick.end();
        assertThat(tick.ask(db1(), "SELECT 3").toCompletableFuture()).isCompletedExceptionally();
        assertThat(connector.connects).hasSize(4);
    }
}
