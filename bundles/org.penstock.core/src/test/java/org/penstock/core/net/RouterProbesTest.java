package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.penstock.core.net.ProbeBench.ask;
import static org.penstock.core.net.ProbeBench.await;
import static org.penstock.core.net.ProbeBench.awaitEmpty;
import static org.penstock.core.net.ProbeBench.connect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Command;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;

/** Routers that ask and that stream, and an authenticator that takes its time; all sessions share one event loop. */
class RouterProbesTest {
    private static final Route TO_SERVER = Route.to("server1");

    private static ProbeBench bench;

    @BeforeAll
    static void start() {
        bench = new ProbeBench(1);
    }

    @AfterAll
    static void stop() {
        if (bench != null) {
            bench.close();
        }
    }

    // -- questions
    // -----------------------------------------------------------------------------------------------------

    private static Route byAnswer(Command command) {
        String sql = command.hasSql() ? command.sql() : "";
        if (sql.contains("/*ask:wrong*/")) {
            return Route.ask("server1", "SELECT nothing FROM nowhere.at_all", result -> TO_SERVER);
        }
        if (!sql.contains("/*ask*/")) {
            return TO_SERVER;
        }
        return Route.ask(
                "server1",
                "SELECT 'unused' AS a, allowed FROM demo.probe_gate",
                result -> "yes".equals(result.value(0, "allowed"))
                        ? TO_SERVER
                        : Route.fail(new SqlError(4002, "HY000", "the gate says " + result.value(0, "allowed"))));
    }

    @Test
    void shouldRouteByAServersAnswer() throws Exception {
        TestFront front =
                new TestFront("asking", bench.serverPort()).router(ProbeBench.router(RouterProbesTest::byAnswer));
        int port = bench.listen(front);
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE probe_gate (allowed VARCHAR(9))");
            statement.execute("INSERT INTO probe_gate VALUES ('yes')");
            for (int i = 0; i < 50; i++) {
                assertThat(ask(connection, "SELECT /*ask*/ " + i)).isEqualTo("" + i);
            }
            statement.execute("UPDATE probe_gate SET allowed = 'no'");
            assertThatThrownBy(() -> ask(connection, "SELECT /*ask*/ 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("the gate says no")
                    .matches(e -> ((SQLException) e).getErrorCode() == 4002);
            assertThatThrownBy(() -> ask(connection, "SELECT /*ask:wrong*/ 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("nowhere");
            assertThat(ask(connection, "SELECT 2")).isEqualTo("2");
        }
        awaitEmpty(front);
    }

    // -- endless answers
    // ---------------------------------------------------------------------------------------------

    /** Most that the buffers of two sockets, the proxy and the client may hold of an answer that nobody reads. */
    private static final long MAX_UNREAD = 48L * 1024 * 1024;

    private static Router streaming(AtomicReference<EndlessProbe> latest) {
        return context -> ProbeBench.router(command -> {
                    if (command.hasSql() && command.sql().contains("/*endless*/")) {
                        EndlessProbe source = new EndlessProbe(context.capabilities());
                        latest.set(source);
                        return Route.answer(source);
                    }
                    return TO_SERVER;
                })
                .open(context);
    }

    @Test
    void shouldPullAnEndlessAnswerOnlyAsFastAsItIsRead() throws Exception {
        AtomicReference<EndlessProbe> latest = new AtomicReference<>();
        TestFront front = new TestFront("slow", bench.serverPort()).router(streaming(latest));
        int port = bench.listen(front);
        Connection reader = connect(port);
        try (Connection other = connect(port)) {
            Statement statement = reader.createStatement();
            statement.setFetchSize(1);
            ResultSet result = statement.executeQuery("SELECT /*endless*/ 1");
            EndlessProbe source = latest.get();
            for (int i = 0; i < 10; i++) {
                assertThat(result.next()).isTrue();
                assertThat(result.getString(1)).isEqualTo(EndlessProbe.VALUE);
            }
            long still = awaitStill(source, other);
            assertThat(still).isLessThan(MAX_UNREAD);
            while (source.given.get() == still) {
                assertThat(result.next()).isTrue();
                assertThat(result.getString(1)).isEqualTo(EndlessProbe.VALUE);
            }
            assertThat(awaitStill(source, other)).isLessThan(MAX_UNREAD + still);
            assertThat(source.cancelled).hasValue(0);
            reader.abort(Runnable::run);
            await("the source to be cancelled", () -> source.cancelled.get() == 1);
            assertThat(ask(other, "SELECT 3")).isEqualTo("3");
        }
        awaitEmpty(front);
        assertThat(latest.get().cancelled).hasValue(1);
    }

    /** Waits until the source has not been pulled for a number of queries of another session, and returns what it gave. */
    private static long awaitStill(EndlessProbe source, Connection other) throws SQLException {
        long deadline = System.nanoTime() + ProbeBench.LIMIT.toNanos();
        long before = -1;
        while (before != source.given.get()) {
            assertThat(System.nanoTime() - deadline)
                    .as("time for the source to stop")
                    .isNegative();
            before = source.given.get();
            for (int i = 0; i < 100; i++) {
                assertThat(ask(other, "SELECT " + i)).isEqualTo("" + i);
            }
        }
        return before;
    }

    @Test
    void shouldLetOtherSessionsHaveTheirTurnBesideAFastReader() throws Exception {
        AtomicReference<EndlessProbe> latest = new AtomicReference<>();
        TestFront front = new TestFront("fast", bench.serverPort()).router(streaming(latest));
        int port = bench.listen(front);
        Connection reader = connect(port);
        CountDownLatch enough = new CountDownLatch(1);
        try (Connection other = connect(port)) {
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
                try (Statement statement = reader.createStatement()) {
                    statement.setFetchSize(100);
                    ResultSet result = statement.executeQuery("SELECT /*endless*/ 1");
                    while (enough.getCount() > 0 && result.next()) {
                        assertThat(result.getString(1)).isEqualTo(EndlessProbe.VALUE);
                    }
                    reader.abort(Runnable::run);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            await("the stream", () -> latest.get() != null && latest.get().given.get() > 1_000_000);
            for (int i = 0; i < 20; i++) {
                assertThat(ask(other, "SELECT " + i)).isEqualTo("" + i);
            }
            assertThat(reading).isNotDone();
            enough.countDown();
            reading.get(20, TimeUnit.SECONDS);
        }
        awaitEmpty(front);
    }

    // -- a slow authenticator
    // ----------------------------------------------------------------------------------------

    @Test
    void shouldLetOthersLogInWhileAnAuthenticatorWorksInTheBackground() throws Exception {
        SlowAuthenticatorProbe slow = new SlowAuthenticatorProbe();
        TestFront front = new TestFront("patient", bench.serverPort()).authenticator(slow);
        int port = bench.listen(front);
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
            try (Connection connection = connect(port)) {
                return ask(connection, "SELECT 'late'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(slow.working.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 5; i++) {
            try (Connection connection = connect(port)) {
                assertThat(ask(connection, "SELECT " + i)).isEqualTo("" + i);
            }
        }
        assertThat(waiting).isNotDone();
        slow.release.countDown();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("late");
        awaitEmpty(front);
    }
}
