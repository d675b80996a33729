package org.penstock.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.RUNNING;
import static org.penstock.api.server.ServerStatus.mask;

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
import org.penstock.api.admin.ObjectKind;
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
import org.penstock.core.store.Stores;

/** A monitor's runner over one server, whose time the test makes pass. */
abstract class MonitorFixture {
    static final QueryResult ONE = new QueryResult(List.of("1"), List.of(List.of("1")));

    final Servers servers = new Servers();
    final Deque<Runnable> due = new ConcurrentLinkedDeque<>();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final FakeConnector connector = new FakeConnector();
    final EventScripts scripts = new EventScripts(Duration.ofSeconds(10));
    final MonitorConnections connections = new MonitorConnections(connector);
    final MonitorRunner runner =
            new MonitorRunner("mon", this::after, Runnable::run, connections, new ReportRoom("mon", servers, scripts));
    final List<String> calls = new CopyOnWriteArrayList<>();
    Duration timeout = Duration.ofSeconds(3);
    String script = "";
    List<String> events = List.of();

    @BeforeEach
    void oneServer() {
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
    }

    @AfterEach
    void stop() {
        scripts.close();
    }

    Runnable after(Duration pause, Runnable task) {
        pauses.add(pause);
        due.add(task);
        return () -> due.remove(task);
    }

    /** Lets the time of the next tick come. */
    void tick() {
        due.remove().run();
    }

    MonitorSchedule schedule() {
        return new MonitorSchedule(
                List.of("db1"), "mon", "pw", Duration.ofSeconds(2), timeout, timeout, script, events);
    }

    /** A monitor that asks each server one question and reports what comes, unless the test answers for it. */
    class ProbingMonitor implements Monitor {
        final String generation;
        int ticks;
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
            return MonitorFixture.this.schedule();
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

    final Stores stores = new Stores();

    final ModuleContext context = new ModuleContext() {
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

    Server db1() {
        return servers.get("db1");
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
