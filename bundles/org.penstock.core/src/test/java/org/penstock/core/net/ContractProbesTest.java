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
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Hold;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.ProtocolException;

/** Filters that use what the shipped ones do not: holds, answers of their own, branches. */
class ContractProbesTest {
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

    private static TestFront front(String name) {
        return new TestFront(name, bench.serverPort());
    }

    private static CompletableFuture<String> asking(Connection connection, String sql) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return ask(connection, sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    // -- holds
    // ---------------------------------------------------------------------------------------------------------

    @Test
    void shouldGoOnWithAHeldCommandFromTheBackgroundFromAThreadAndByDeadline() throws Exception {
        BlockingQueue<Hold<Verdict>> held = new LinkedBlockingQueue<>();
        TestFront front = front("holding").filter("hold", new HoldingProbe(held));
        int port = bench.listen(front);
        try (Connection connection = connect(port);
                Connection other = connect(port)) {
            for (int i = 0; i < 20; i++) {
                assertThat(ask(connection, "SELECT " + i + " /*held:background*/"))
                        .isEqualTo("" + i);
            }
            CompletableFuture<String> reply = asking(connection, "SELECT 7 /*held:thread*/");
            Hold<Verdict> hold = held.poll(10, TimeUnit.SECONDS);
            assertThat(hold).isNotNull();
            assertThat(ask(other, "SELECT 8")).isEqualTo("8");
            assertThat(reply).isNotDone();
            assertThat(hold.open()).isTrue();
            assertThat(hold.resume(Verdict.forward())).isTrue();
            assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo("7");
            assertThat(hold.resume(Verdict.forward())).isFalse();

            assertThatThrownBy(() -> ask(connection, "SELECT 9 /*held:deadline*/"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(HoldingProbe.LATE.message())
                    .matches(e -> ((SQLException) e).getErrorCode() == HoldingProbe.LATE.code());
            Hold<Verdict> late = held.poll(10, TimeUnit.SECONDS);
            assertThat(late).isNotNull();
            assertThat(late.resume(Verdict.forward())).isFalse();
            assertThat(ask(connection, "SELECT 10")).isEqualTo("10");
        }
        awaitEmpty(front);
    }

    @Test
    void shouldMakeAHoldVoidWhenItsClientLeaves() throws Exception {
        BlockingQueue<Hold<Verdict>> held = new LinkedBlockingQueue<>();
        TestFront front = front("leaving").filter("hold", new HoldingProbe(held));
        int port = bench.listen(front);
        for (int i = 0; i < 5; i++) {
            Connection connection = connect(port);
            connection.setNetworkTimeout(Runnable::run, 200);
            assertThatThrownBy(() -> ask(connection, "SELECT 1 /*held:thread*/"))
                    .isInstanceOf(SQLException.class);
            Hold<Verdict> hold = held.poll(10, TimeUnit.SECONDS);
            assertThat(hold).isNotNull();
            await("the hold to be void", () -> !hold.open());
            assertThat(hold.resume(Verdict.answer(Answer.ok()))).isFalse();
        }
        awaitEmpty(front);
    }

    // -- answers from a cache
    // -----------------------------------------------------------------------------------------

    @Test
    void shouldAnswerFromACacheWithWhatTheServerSaid() throws Exception {
        TestFront front = front("caching").filter("cache", new CachingProbe());
        int port = bench.listen(front);
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            String sql = "SELECT uuid() AS id, NULL AS nothing, repeat('x', 300) AS long_one, 3.50 AS price"
                    + " UNION ALL SELECT uuid(), 'b', '', 4.25 /*cached*/";
            List<List<String>> first = table(statement, sql);
            assertThat(first).hasSize(3);
            for (int i = 0; i < 10; i++) {
                assertThat(table(statement, sql)).isEqualTo(first);
            }
            assertThat(ask(connection, "SELECT uuid()")).isNotEqualTo(ask(connection, "SELECT uuid()"));
            assertThat(table(statement, "SELECT /*rows*/ 1"))
                    .containsExactly(List.of("a", "b"), java.util.Arrays.asList("1", null), List.of("", "zwölf"));
        }
        awaitEmpty(front);
    }

    @Test
    void shouldKeepTheOrderOfPipelinedCommandsWhenSomeAreAnsweredFromACache() throws Exception {
        TestFront front = front("pipelined").filter("cache", new CachingProbe());
        int port = bench.listen(front);
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE probe_cached (v INT)");
            String cached = "INSERT INTO probe_cached VALUES (0), (0), (0) /*cached*/";
            assertThat(statement.executeUpdate(cached)).isEqualTo(3);
            int[] expected = new int[60];
            for (int i = 0; i < expected.length; i++) {
                boolean local = i % 3 == 1;
                expected[i] = local ? 3 : 1 + i % 2;
                statement.addBatch(
                        local ? cached : "INSERT INTO probe_cached VALUES (1)" + (i % 2 == 1 ? ", (2)" : ""));
            }
            assertThat(statement.executeBatch()).isEqualTo(expected);
            assertThat(ask(connection, "SELECT count(*) FROM probe_cached WHERE v = 0"))
                    .isEqualTo("3");
        }
        awaitEmpty(front);
    }

    /** Column names, then rows. */
    private static List<List<String>> table(Statement statement, String sql) throws SQLException {
        List<List<String>> all = new java.util.ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<String> names = new java.util.ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                names.add(result.getMetaData().getColumnLabel(i));
            }
            all.add(names);
            while (result.next()) {
                List<String> row = new java.util.ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                all.add(row);
            }
        }
        return all;
    }

    // -- branches
    // ------------------------------------------------------------------------------------------------------

    @Test
    void shouldSendEachStatementOnceThroughABranch() throws Exception {
        TeeProbe tee = new TeeProbe("copying");
        TestFront copying = front("copying").filter("copy", new CopyTableProbe());
        TestFront front = front("teeing").filter("tee", tee).other(copying);
        int port = bench.listen(front);
        int sessions = 3;
        int statements = 50;
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE probe_main (v INT)");
            statement.execute("CREATE OR REPLACE TABLE probe_copy (v INT)");
            for (int s = 0; s < sessions; s++) {
                try (Connection one = connect(port);
                        Statement insert = one.createStatement()) {
                    for (int i = 0; i < statements; i++) {
                        insert.executeUpdate("INSERT INTO probe_main VALUES (" + (s * 1000 + i) + ")");
                    }
                    int ended = (s + 1) * statements;
                    await("the branch's replies", () -> tee.ended.size() == ended);
                    assertThat(copying.service().sessions()).isPositive();
                }
            }
            assertThat(tee.ended).allMatch(result -> result.error() == null);
            String sum = "count(*), ':', count(DISTINCT v), ':', sum(v)";
            assertThat(ask(connection, "SELECT concat(" + sum + ") FROM probe_copy"))
                    .isEqualTo(ask(connection, "SELECT concat(" + sum + ") FROM probe_main"))
                    .startsWith("150:150:");
        }
        awaitEmpty(front);
        awaitEmpty(copying);
    }

    @Test
    void shouldRefuseABranchThatLeadsBack() throws Exception {
        TeeProbe there = new TeeProbe("there");
        TeeProbe back = new TeeProbe("here");
        TestFront here = front("here").filter("tee", there);
        TestFront target = front("there").filter("back", back).other(here);
        here.other(target);
        int port = bench.listen(here);
        try (Connection connection = connect(port)) {
            assertThat(ask(connection, "SELECT 5")).isEqualTo("5");
            assertThat(back.refused.poll(10, TimeUnit.SECONDS))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("lead back");
            assertThat(there.refused).isEmpty();
        }
        awaitEmpty(here);
        awaitEmpty(target);
    }
}
