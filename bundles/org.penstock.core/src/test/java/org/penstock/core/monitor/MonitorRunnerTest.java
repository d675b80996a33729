package org.penstock.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.penstock.api.server.ServerStatus.MAINTENANCE;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.RUNNING;
import static org.penstock.api.server.ServerStatus.mask;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.monitor.Monitor;
import org.penstock.api.monitor.MonitorContext;
import org.penstock.api.monitor.MonitorSchedule;
import org.penstock.api.monitor.ServerReport;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.LogSink;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.ModuleState;
import org.penstock.api.session.Store;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.Servers;
import org.penstock.core.server.ServiceConnector;
import org.penstock.core.store.Stores;

class MonitorRunnerTest {
    private static final QueryResult ONE = new QueryResult(List.of("1"), List.of(List.of("1")));

    private final Servers servers = new Servers();
    private final Deque<Runnable> due = new ConcurrentLinkedDeque<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final FakeConnector connector = new FakeConnector();
    private final EventScripts scripts = new EventScripts(Duration.ofSeconds(10));
    private final MonitorConnections connections = new MonitorConnections(connector);
    private final MonitorRunner runner =
            new MonitorRunner("mon", this::after, Runnable::run, connections, new ReportRoom("mon", servers, scripts));
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private Duration timeout = Duration.ofSeconds(3);
    private String script = "";
    private List<String> events = List.of();

    @BeforeEach
    void oneServer() {
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
    }

    @AfterEach
    void stop() {
        scripts.close();
    }

    private Runnable after(Duration pause, Runnable task) {
        pauses.add(pause);
        due.add(task);
        return () -> due.remove(task);
    }

    /** Lets the time of the next tick come. */
    private void tick() {
        due.remove().run();
    }

    private MonitorSchedule schedule() {
        return new MonitorSchedule(
                List.of("db1"), "mon", "pw", Duration.ofSeconds(2), timeout, timeout, script, events);
    }

    /** A monitor that asks each server one question and reports what comes, unless the test answers for it. */
    private class ProbingMonitor implements Monitor {
        private final String generation;
        private int ticks;
        int status = mask(RUNNING, MASTER);

        @Nullable
        Supplier<CompletionStage<Map<String, ServerReport>>> answer;

        @Nullable
        RuntimeException startFailure;

        ProbingMonitor(String generation) {
            this.generation = generation;
        }

        @Override
        public void start(ModuleContext context) {
            calls.add(generation + " start " + context.name());
            if (startFailure != null) {
                throw startFailure;
            }
        }

        @Override
        public void stop() {
            calls.add(generation + " stop");
        }

        @Override
        public MonitorSchedule schedule() {
            return MonitorRunnerTest.this.schedule();
        }

        @Override
        public CompletionStage<Map<String, ServerReport>> tick(MonitorContext context) {
            ticks++;
            calls.add(generation + " tick " + ticks);
            if (answer != null) {
                return answer.get();
            }
            Map<String, ServerReport> reports = new HashMap<>();
            List<CompletableFuture<?>> asked = new ArrayList<>();
            for (ServerView server : context.servers()) {
                asked.add(context.ask(server, "SELECT 1")
                        .handle((result, failure) ->
                                reports.put(server.name(), new ServerReport(failure == null ? status : 0, Map.of())))
                        .toCompletableFuture());
            }
            return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                    .thenApply(nothing -> reports);
        }

        @Override
        public ModuleState exportState() {
            return new ModuleState(1, Map.of("ticks", (long) ticks));
        }

        @Override
        public void importState(ModuleState state) {
            ticks = (int) state.getLong("ticks", 0);
            calls.add(generation + " import " + ticks);
        }
    }

    private final Stores stores = new Stores();

    private final ModuleContext context = new ModuleContext() {
        @Override
        public String name() {
            return "mon";
        }

        @Override
        public Store store() {
            return stores.store(ObjectKind.MONITOR, "mon");
        }

        @Override
        public LogSink log(Path file, LogSink.Options options) {
            throw new UnsupportedOperationException();
        }
    };

    private static final class FakeConnector implements ServiceConnector {
        final List<String> connects = new CopyOnWriteArrayList<>();
        int open;

        @Nullable
        RuntimeException refusal;

        Supplier<CompletionStage<QueryResult>> answer = () -> CompletableFuture.completedFuture(ONE);

        @Nullable
        CompletableFuture<Opened> pending;

        @Override
        public CompletionStage<Opened> connect(
                ServerView server, String user, String password, Duration connectTimeout, Duration readTimeout) {
            connects.add(user + "@" + server.name() + ":" + server.port());
            if (pending != null) {
                return pending;
            }
            if (refusal != null) {
                return CompletableFuture.failedFuture(refusal);
            }
            return CompletableFuture.completedFuture(connection(server));
        }

        Opened connection(ServerView server) {
            open++;
            return new Opened() {
                private boolean closed;

                @Override
                public ServerView server() {
                    return server;
                }

                @Override
                public CompletionStage<QueryResult> query(String sql) {
                    return answer.get();
                }

                @Override
                public String version() {
                    return "11.4.5-MariaDB";
                }

                @Override
                public boolean isOpen() {
                    return !closed;
                }

                @Override
                public void close() {
                    if (!closed) {
                        open--;
                    }
                    closed = true;
                }
            };
        }
    }

    private Server db1() {
        return servers.get("db1");
    }

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

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
