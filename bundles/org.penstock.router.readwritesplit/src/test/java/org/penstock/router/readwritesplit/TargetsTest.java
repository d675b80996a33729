package org.penstock.router.readwritesplit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.Transaction;
import org.penstock.api.statement.Types;
import org.penstock.router.readwritesplit.ReadWriteSplitSettings.TargetRules;
import org.penstock.sql.Classification;
import org.penstock.sql.Classifier;
import org.penstock.sql.Dialect;
import org.penstock.sql.SqlMode;

class TargetsTest {
    private static final Path TRICKY =
            Path.of("../org.penstock.sql/src/test/resources/org/penstock/sql/tricky-statements.tsv");
    private static final Set<Integer> VARIABLES_IN_SELECT = Set.of(26, 27, 143, 144);

    private static final Targets DEFAULT = new Targets(new TargetRules(VariablePlace.ALL, false, false));
    private static final Targets STRICT = new Targets(new TargetRules(VariablePlace.ALL, true, true));
    private static final Targets ON_PRIMARY = new Targets(new TargetRules(VariablePlace.MASTER, false, false));

    record Row(int number, String strict, String route, String mode, String sql) {}

    static List<Row> tricky() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(TRICKY)) {
            if (!line.startsWith("#")) {
                String[] cells = line.split("\t", -1);
                rows.add(new Row(
                        Integer.parseInt(cells[0]), cells[1], cells[2], cells[3], cells[4].replace("\\n", "\n")));
            }
        }
        assertThat(rows).hasSizeGreaterThanOrEqualTo(195);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("tricky")
    void shouldRouteTrickyStatementAsTheTableSays(Row row) {
        Statement statement = classified(row.sql(), row.mode());
        Target expected =
                switch (row.route()) {
                    case "R" -> Target.REPLICA;
                    case "A", "A+T" -> Target.ALL;
                    case "T-RO" -> Target.REPLICA_FOR_TRANSACTION;
                    case "L" -> Target.PREVIOUS;
                    case "H" -> Target.REPLICA;
                    case "P", "PIN", "T", "TE", "TE+T", "N", "E", "K" -> Target.PRIMARY;
                    default -> throw new AssertionError(row.route());
                };
        assertThat(DEFAULT.of(statement, Situation.FREE)).isEqualTo(expected);
        assertThat(DEFAULT.pin(statement)).isEqualTo(Pin.NONE);
        assertThat(STRICT.of(statement, Situation.FREE)).isEqualTo(expected);
        boolean kept = row.strict().equals("PIN") && !row.route().equals("PIN");
        assertThat(STRICT.pin(statement) != Pin.NONE).isEqualTo(kept);
        assertThat(ON_PRIMARY.of(statement, Situation.FREE))
                .isEqualTo(VARIABLES_IN_SELECT.contains(row.number()) ? Target.PRIMARY : expected);
    }

    /** Classes of B.2, as the newest version routes them; by default and with use_sql_variables_in=master. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT a, NOW() FROM t                       | REPLICA  | REPLICA",
                "INSERT INTO t VALUES (1)                     | PRIMARY  | PRIMARY",
                "CREATE TABLE t (a INT)                       | PRIMARY  | PRIMARY",
                "GRANT SELECT ON *.* TO u                     | PRIMARY  | PRIMARY",
                "SELECT a FROM t FOR UPDATE                   | PRIMARY  | PRIMARY",
                "SELECT a FROM t LOCK IN SHARE MODE           | PRIMARY  | PRIMARY",
                "SELECT a INTO @x FROM t                      | ALL      | PRIMARY",
                "SELECT a INTO OUTFILE '/x' FROM t            | PRIMARY  | PRIMARY",
                "SELECT LAST_INSERT_ID()                      | PRIMARY  | PRIMARY",
                "SELECT @@last_insert_id, @@identity          | PRIMARY  | PRIMARY",
                "SELECT GET_LOCK('x', 1)                      | PRIMARY  | PRIMARY",
                "SELECT IS_FREE_LOCK('x')                     | PRIMARY  | PRIMARY",
                "SELECT NEXTVAL(s)                            | PRIMARY  | PRIMARY",
                "SELECT NEXT VALUE FOR s                      | PRIMARY  | PRIMARY",
                "SELECT my_function(1)                        | PRIMARY  | PRIMARY",
                "CALL p()                                     | PRIMARY  | PRIMARY",
                "SELECT 1; SELECT 2                           | PRIMARY  | PRIMARY",
                "SELECT @a                                    | REPLICA  | PRIMARY",
                "SELECT @a := 1                               | ALL      | PRIMARY",
                "SET @a = 1                                   | ALL      | ALL",
                "INSERT INTO t VALUES (@a := 1)               | PRIMARY  | PRIMARY",
                "SELECT @@version                             | REPLICA  | REPLICA",
                "SHOW VARIABLES                               | REPLICA  | REPLICA",
                "SET SESSION sort_buffer_size = 1             | ALL      | ALL",
                "SET GLOBAL sort_buffer_size = 1              | ALL      | ALL",
                "SET NAMES utf8mb4                            | ALL      | ALL",
                "SET autocommit = 0                           | ALL      | ALL",
                "USE db                                       | ALL      | ALL",
                "SET TRANSACTION READ ONLY                    | PRIMARY  | PRIMARY",
                "SHOW DATABASES                               | REPLICA  | REPLICA",
                "SHOW TABLES                                  | REPLICA  | REPLICA",
                "SHOW MASTER STATUS                           | PRIMARY  | PRIMARY",
                "SHOW SLAVE STATUS                            | REPLICA  | REPLICA",
                "EXPLAIN SELECT a FROM t                      | REPLICA  | REPLICA",
                "PREPARE s FROM 'SELECT 1'                    | ALL      | ALL",
                "DEALLOCATE PREPARE s                         | ALL      | ALL",
                "SELECT FOUND_ROWS()                          | PREVIOUS | PREVIOUS",
                "SHOW WARNINGS                                | PREVIOUS | PREVIOUS",
                "SHOW COUNT(*) ERRORS                         | PREVIOUS | PREVIOUS",
                "SELECT @@warning_count, @@error_count        | PREVIOUS | PREVIOUS",
                "GET DIAGNOSTICS @n = NUMBER                  | PREVIOUS | PREVIOUS",
                "SELECT FOUND_ROWS() INTO @n                  | PREVIOUS | PREVIOUS",
                "SELECT @n := ROW_COUNT()                     | PREVIOUS | PREVIOUS",
                "SET @n = FOUND_ROWS()                        | PREVIOUS | PREVIOUS",
                "SELECT LAST_INSERT_ID() INTO @n              | PRIMARY  | PRIMARY",
                "CREATE TEMPORARY TABLE t (a INT)             | PRIMARY  | PRIMARY",
                "DROP TABLE t                                 | PRIMARY  | PRIMARY",
                "LOAD DATA LOCAL INFILE 'x' INTO TABLE t      | PRIMARY  | PRIMARY",
                "LOCK TABLES t READ                           | PRIMARY  | PRIMARY",
                "UNLOCK TABLES                                | PRIMARY  | PRIMARY",
                "XA START 'x'                                 | PRIMARY  | PRIMARY",
                "BEGIN                                        | PRIMARY  | PRIMARY",
                "COMMIT                                       | PRIMARY  | PRIMARY",
                "START TRANSACTION READ ONLY                  | REPLICA_FOR_TRANSACTION | REPLICA_FOR_TRANSACTION",
                "START TRANSACTION READ WRITE                 | PRIMARY  | PRIMARY",
            })
    void shouldRouteEachClass(String sql, Target byDefault, Target onPrimary) {
        Statement statement = classified(sql, "-");
        assertThat(DEFAULT.of(statement, Situation.FREE)).isEqualTo(byDefault);
        assertThat(ON_PRIMARY.of(statement, Situation.FREE)).isEqualTo(onPrimary);
    }

    /** The columns: in a read-write and a read-only transaction; staying with the primary and with another server; after SET TRANSACTION. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT 1                     | TRANSACTION | TRANSACTION | PINNED | PINNED  | PRIMARY",
                "SELECT LAST_INSERT_ID()      | TRANSACTION | TRANSACTION | PINNED | PINNED  | PRIMARY",
                "SELECT FOUND_ROWS()          | TRANSACTION | TRANSACTION | PINNED | PINNED  | PRIMARY",
                "INSERT INTO t VALUES (1)     | TRANSACTION | TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "SET @a = 1                   | ALL         | ALL         | ALL    | ALL     | ALL",
                "USE db                       | ALL         | ALL         | ALL    | ALL     | ALL",
                "SET TRANSACTION READ ONLY    | TRANSACTION | TRANSACTION | PINNED | PINNED  | PRIMARY",
                "COMMIT                       | TRANSACTION | TRANSACTION | PINNED | PINNED  | PRIMARY",
                "COMMIT AND CHAIN             | TRANSACTION | TRANSACTION | PINNED | PINNED  | PRIMARY",
                "BEGIN                        | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PINNED | PRIMARY",
                "START TRANSACTION READ WRITE | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "START TRANSACTION READ ONLY  | TRANSACTION | TRANSACTION | PINNED | PINNED  | PRIMARY",
                "LOCK TABLES t WRITE          | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "HANDLER t OPEN               | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "CREATE TABLE t (a INT)       | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "DROP TABLE t                 | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "TRUNCATE t                   | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "GRANT SELECT ON *.* TO u     | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "SET PASSWORD = 'x'           | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "OPTIMIZE TABLE t             | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "ANALYZE TABLE t              | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "FLUSH TABLES                 | TRANSACTION | PRIMARY_LEAVING_TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "CREATE TEMPORARY TABLE t (a INT) | TRANSACTION | TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "SAVEPOINT s                  | TRANSACTION | TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "SELECT 1; SELECT 2           | TRANSACTION | TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "CALL p()                     | TRANSACTION | TRANSACTION | PINNED | PRIMARY | PRIMARY",
                "UNLOCK TABLES                | TRANSACTION | TRANSACTION | PINNED | PINNED  | PRIMARY",
                "SET @x = NEXTVAL(s)          | TRANSACTION | TRANSACTION | PINNED | PRIMARY | PRIMARY",
            })
    void shouldStayWhereTheSessionIsBound(
            String sql, Target readWrite, Target readOnly, Target pinned, Target pinnedElsewhere, Target nextIsSet) {
        Statement statement = classified(sql, "-");
        assertThat(DEFAULT.of(statement, new Situation(Transaction.READ_WRITE, false, false, false)))
                .isEqualTo(readWrite);
        assertThat(DEFAULT.of(statement, new Situation(Transaction.READ_ONLY, false, false, false)))
                .isEqualTo(readOnly);
        assertThat(DEFAULT.of(statement, new Situation(Transaction.NONE, true, true, false)))
                .isEqualTo(pinned);
        assertThat(DEFAULT.of(statement, new Situation(Transaction.NONE, true, false, false)))
                .isEqualTo(pinnedElsewhere);
        assertThat(DEFAULT.of(statement, new Situation(Transaction.NONE, false, false, true)))
                .isEqualTo(nextIsSet);
    }

    @Test
    void shouldNeverRouteAWriteToAReplicaWhereverTheSessionStands() throws IOException {
        for (Row row : tricky()) {
            Statement statement = classified(row.sql(), row.mode());
            if (statement.is(Types.WRITE)) {
                for (Transaction transaction : Transaction.values()) {
                    for (int bits = 0; bits < 8; bits++) {
                        Situation now = new Situation(transaction, (bits & 1) != 0, (bits & 3) == 3, (bits & 4) != 0);
                        assertThat(DEFAULT.of(statement, now))
                                .as("%s %s", row, now)
                                .isNotIn(Target.REPLICA, Target.PREVIOUS, Target.ALL);
                    }
                }
            }
        }
    }

    @Test
    void shouldFollowHintsThatNameARole() {
        Hint server = new Hint.ToServer("s1");
        assertThat(hinted(Target.REPLICA, new Hint.ToPrimary())).isEqualTo(Target.PRIMARY);
        assertThat(hinted(Target.PRIMARY, new Hint.ToReplica())).isEqualTo(Target.REPLICA);
        assertThat(hinted(Target.TRANSACTION, new Hint.ToReplica())).isEqualTo(Target.REPLICA);
        assertThat(hinted(Target.PINNED, new Hint.ToReplica())).isEqualTo(Target.REPLICA);
        assertThat(hinted(Target.REPLICA, new Hint.ToLast())).isEqualTo(Target.PREVIOUS);
        assertThat(hinted(Target.REPLICA, new Hint.ToPrimary(), new Hint.ToReplica()))
                .isEqualTo(Target.PRIMARY);
        assertThat(hinted(Target.PRIMARY, new Hint.ToReplica(), new Hint.ToPrimary()))
                .isEqualTo(Target.PRIMARY);
        assertThat(hinted(Target.PRIMARY, server)).isEqualTo(Target.PRIMARY);
    }

    @Test
    void shouldSendToAllWhatChangesTheSessionWhateverTheHintSays() {
        for (Hint hint : List.of(new Hint.ToPrimary(), new Hint.ToReplica(), new Hint.ToLast())) {
            assertThat(hinted(Target.ALL, hint)).isEqualTo(Target.ALL);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1                      | ALL",
                "SHOW TABLES                   | ALL",
                "SET @a = 1                    | ALL",
                "INSERT INTO t VALUES (1)      | PRIMARY",
                "SELECT a FROM t FOR UPDATE    | PRIMARY",
                "SELECT f()                    | PRIMARY",
                "CALL p()                      | PRIMARY",
                "SELECT 1; SELECT 2            | PRIMARY",
                "BEGIN                         | PRIMARY",
                "START TRANSACTION READ ONLY   | REPLICA_FOR_TRANSACTION",
                "SET TRANSACTION READ ONLY     | PRIMARY",
                "SELECT FOUND_ROWS()           | PREVIOUS",
            })
    void shouldSendNothingToAllForAHintThatIsDoneMoreThanOnce(String sql, Target target) {
        Statement statement = classified(sql, "-");
        assertThat(Targets.hinted(
                        DEFAULT.of(statement, Situation.FREE), statement.placement(), List.of(new Hint.ToAll())))
                .isEqualTo(target);
    }

    private static Target hinted(Target target, Hint... hints) {
        return Targets.hinted(target, Placement.ANY, List.of(hints));
    }

    static Statement classified(String sql, String mode) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        Classification statement = new Classification();
        new Classifier().classify(bytes, 0, bytes.length, Dialect.DEFAULT.withSqlMode(SqlMode.parse(mode)), statement);
        return statement;
    }
}
