package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.api.statement.Operation;

class StatementMemoTest {

    private static final List<String> STATEMENTS = List.of(
            "BEGIN",
            "COMMIT",
            "SET NAMES utf8mb4",
            "SELECT 1",
            "select 1",
            "SELECT 2",
            "SET autocommit=0",
            "SET autocommit=1",
            "KILL 7",
            "SELECT a FROM t1 WHERE a = 1 FOR UPDATE",
            "SELECT 'open",
            "INSERT INTO t VALUES (1)",
            "x");

    private final Classifier classifier = new Classifier();
    private final Classification expected = new Classification();

    @Test
    void shouldSayWhatTheClassifierSaysWhenAStatementComesAgain() {
        StatementMemo memo = new StatementMemo();
        for (int round = 0; round < 5; round++) {
            for (String statement : STATEMENTS) {
                same(memo, statement, Dialect.DEFAULT, round);
                same(memo, statement, Dialect.DEFAULT.withSqlMode(SqlMode.NO_BACKSLASH_ESCAPES), round + 1);
            }
        }
        assertThat(memo.hits() + memo.misses()).isEqualTo(5L * 2 * STATEMENTS.size());
        // Each is kept when it comes for the second time, and at most a few share a place.
        assertThat(memo.hits()).isBetween(3L * 2 * STATEMENTS.size() - 10, 3L * 2 * STATEMENTS.size());
    }

    /** The statement somewhere in an array, with other bytes around it. */
    private void same(StatementMemo memo, String text, Dialect dialect, int before) {
        byte[] sql = ("#".repeat(before) + text + "'").getBytes(StandardCharsets.UTF_8);
        classifier.classify(sql, before, sql.length - 1, dialect, expected);

        Classification statement = memo.classify(sql, before, sql.length - 1, dialect);

        assertThat(statement)
                .usingRecursiveComparison()
                .ignoringFields("canonical")
                .isEqualTo(expected);
        assertThat(statement.canonicalText()).isEqualTo(expected.canonicalText());
    }

    @Test
    void shouldTellDialectsApartWhenTheBytesAreTheSame() {
        StatementMemo memo = new StatementMemo();
        byte[] sql = "SELECT \"a\" FROM t1".getBytes(StandardCharsets.UTF_8);
        Dialect ansi = Dialect.DEFAULT.withSqlMode(SqlMode.ANSI_QUOTES);
        for (int i = 0; i < 4; i++) {
            assertThat(memo.classify(sql, 0, sql.length, Dialect.DEFAULT).canonicalText())
                    .isEqualTo("SELECT ? FROM t1");
            assertThat(memo.classify(sql, 0, sql.length, ansi).canonicalText()).isEqualTo("SELECT \"a\" FROM t1");
        }
        assertThat(memo.hits()).isPositive();
    }

    @Test
    void shouldStayWithinItsSizeWhenStatementsAreManyAndComeAgain() {
        StatementMemo memo = new StatementMemo(16);
        for (int i = 0; i < 1000; i++) {
            byte[] sql = ("SELECT " + i).getBytes(StandardCharsets.UTF_8);
            for (int times = 0; times < 3; times++) {
                assertThat(memo.classify(sql, 0, sql.length, Dialect.DEFAULT).operation())
                        .isEqualTo(Operation.SELECT);
            }
        }
        assertThat(memo.hits()).isEqualTo(1000);
        assertThat(memo.evictions()).isBetween(900L, 1000L);
    }

    @Test
    void shouldKeepNothingWhenStatementsComeOnce() {
        StatementMemo memo = new StatementMemo(16);
        for (int i = 0; i < 1000; i++) {
            byte[] sql = ("SELECT " + i).getBytes(StandardCharsets.UTF_8);
            memo.classify(sql, 0, sql.length, Dialect.DEFAULT);
        }
        assertThat(memo.evictions()).isZero();
    }

    @Test
    void shouldNotKeepWhatIsLongOrCarriesAHint() {
        StatementMemo memo = new StatementMemo();
        for (String text : List.of(
                "SELECT 1 -- maxscale route to master", "SELECT '" + "x".repeat(StatementMemo.MAX_BYTES) + "'", "")) {
            for (int i = 0; i < 4; i++) {
                byte[] moved = (" ".repeat(i) + text).getBytes(StandardCharsets.UTF_8);
                Classification statement = memo.classify(moved, i, moved.length, Dialect.DEFAULT);
                classifier.classify(moved, i, moved.length, Dialect.DEFAULT, expected);
                assertThat(statement.hintStart()).isEqualTo(expected.hintStart());
                assertThat(statement.flags()).isEqualTo(expected.flags());
            }
        }
        assertThat(memo.hits()).isZero();
    }
}
