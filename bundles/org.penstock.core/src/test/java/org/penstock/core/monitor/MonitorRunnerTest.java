package org.penstock.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.api.server.ServerStatus.MAINTENANCE;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.RUNNING;
import static org.penstock.api.server.ServerStatus.mask;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.monitor.ServerReport;

/** The runner of one configured monitor: ticks, generations that follow each other, scripts. */
class MonitorRunnerTest extends MonitorFixture {
    @Test
    void shouldTickAtOnceThenAtTheInterval() {
        runner.swapTo(new ProbingMonitor("a"), context);
        assertThat(runner.looked()).isFalse();
        tick();
        assertThat(runner.looked()).isTrue();
        tick();
        assertThat(calls).containsExactly("a start mon", "a tick 1", "a tick 2");
        assertThat(pauses.get(0)).isZero();
        assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(due).hasSize(1);
        assertThat(db1().is(MASTER)).isTrue();
        assertThat(connector.connects).as("one connection for all ticks").containsExactly("mon@db1:3306");
    }

    @Test
    void shouldSwapBetweenTicksAndHandOverState() {
        ProbingMonitor old = new ProbingMonitor("a");
        runner.swapTo(old, context);
        CompletableFuture<Map<String, ServerReport>> pending = new CompletableFuture<>();
        old.answer = () -> pending;
        tick();
        CompletionStage<Void> swapped = runner.swapTo(new ProbingMonitor("b"), context);
        assertThat(swapped.toCompletableFuture()).isNotDone();
        pending.complete(Map.of());
        assertThat(swapped.toCompletableFuture()).isCompleted();
        tick();
        assertThat(calls).containsExactly("a start mon", "a tick 1", "b start mon", "b import 1", "a stop", "b tick 2");
        assertThat(due).hasSize(1);
    }

    @Test
    void shouldKeepFormerGenerationWhenSuccessorThrows() {
        runner.swapTo(new ProbingMonitor("a"), context);
        ProbingMonitor broken = new ProbingMonitor("b");
        broken.startFailure = new IllegalStateException("no");
        CompletionStage<Void> swapped = runner.swapTo(broken, context);
        assertThat(swapped.toCompletableFuture()).isCompletedExceptionally();
        tick();
        assertThat(calls).containsExactly("a start mon", "b start mon", "b stop", "a tick 1");
        assertThat(due).hasSize(1);
    }

    @Test
    void shouldKeepStateAndStatusWhileVacant() {
        runner.swapTo(new ProbingMonitor("a"), context);
        tick();
        runner.vacate();
        assertThat(due).isEmpty();
        assertThat(runner.occupied()).isFalse();
        assertThat(db1().is(MASTER)).isTrue();
        runner.swapTo(new ProbingMonitor("b"), context);
        tick();
        assertThat(calls).containsExactly("a start mon", "a tick 1", "a stop", "b start mon", "b import 1", "b tick 2");
    }

    @Test
    void shouldSupersedeSwapThatWaits() {
        ProbingMonitor old = new ProbingMonitor("a");
        runner.swapTo(old, context);
        CompletableFuture<Map<String, ServerReport>> pending = new CompletableFuture<>();
        old.answer = () -> pending;
        tick();
        CompletionStage<Void> second = runner.swapTo(new ProbingMonitor("b"), context);
        runner.swapTo(new ProbingMonitor("c"), context);
        assertThat(second.toCompletableFuture()).isCompletedExceptionally();
        pending.complete(Map.of());
        assertThat(calls).containsExactly("a start mon", "a tick 1", "c start mon", "c import 1", "a stop");
    }

    @Test
    void shouldLeaveStatusWhenTickFails() {
        ProbingMonitor monitor = new ProbingMonitor("a");
        runner.swapTo(monitor, context);
        tick();
        monitor.answer = () -> CompletableFuture.failedFuture(new IllegalStateException("bug"));
        tick();
        monitor.answer = () -> {
            throw new IllegalStateException("bug");
        };
        tick();
        assertThat(db1().is(MASTER)).isTrue();
        assertThat(due).hasSize(1);
    }

    @Test
    void shouldSetMaintenanceForMonitor() {
        TickContext tick = new ReportRoom("mon", servers, scripts).begin(schedule(), connections);
        tick.maintenance(db1(), true);
        assertThat(db1().is(MAINTENANCE)).isTrue();
        tick.maintenance(db1(), false);
        assertThat(db1().is(MAINTENANCE)).isFalse();
    }

    @Test
    void shouldStopTickingWhileDisabled() {
        runner.swapTo(new ProbingMonitor("a"), context);
        tick();
        runner.enable(false);
        assertThat(due).isEmpty();
        assertThat(db1().is(MASTER)).isTrue();
        runner.enable(true);
        runner.enable(true);
        assertThat(due).hasSize(1);
        tick();
        assertThat(calls).contains("a tick 2");
    }

    @Test
    void shouldGiveServersFreeWhenClosed() {
        ProbingMonitor monitor = new ProbingMonitor("a");
        monitor.status = 0;
        runner.swapTo(monitor, context);
        tick();
        assertThat(db1().usable()).isFalse();
        runner.close();
        assertThat(db1().usable()).isTrue();
        assertThat(due).isEmpty();
        assertThat(connector.open).isZero();
        assertThat(calls).endsWith("a stop");
        assertThat(runner.swapTo(monitor, context).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void shouldRunScriptForWantedEventsOnly(@TempDir Path directory) throws Exception {
        Path out = directory.resolve("out");
        script = "sh -c 'echo \"$1\" >> " + out + "' sh $EVENT:$INITIATOR";
        events = List.of("master_down", "slave_up");
        ProbingMonitor monitor = new ProbingMonitor("a");
        runner.swapTo(monitor, context);
        tick();
        monitor.status = mask(RUNNING);
        tick();
        monitor.status = mask(RUNNING, MASTER);
        tick();
        monitor.status = 0;
        tick();
        await(() -> Files.exists(out) && !Files.readString(out).isEmpty());
        assertThat(out).hasContent("master_down:[127.0.0.1]:3306");
    }
}
