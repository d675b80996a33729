package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructureScannerTest {

    private final StructureScanner scanner = new StructureScanner();

    private Structure scan(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return scanner.scan(bytes, 0, bytes.length, Dialect.DEFAULT, 0);
    }

    private static String list(Iterable<?> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(value -> text.append(text.isEmpty() ? "" : " ").append(value));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\f',
            value = {
                "SELECT a FROM t1 | t1 | a | PARSED",
                "SELECT * FROM db1.t1 x, t2 AS y | db1.t1 t2 | * | PARSED",
                "SELECT x.a, y.*, `odd col` FROM t1 x JOIN t2 y ON x.id = y.id LEFT JOIN t3 USING (k, l) | t1 t2 t3 | x.a y.* odd col x.id y.id k l | PARSED",
                "SELECT 'x' AS a, _utf8'y' b, DATE '2001-01-01', N'z', 1 c FROM dual | | | PARSED",
                "SELECT COUNT(*) FROM t1 | t1 | | PARSED",
                "SELECT a*b, a + -1 FROM t1 | t1 | a b | PARSED",
                "SELECT a FROM (SELECT b AS a FROM t2) q WHERE c IN (SELECT d FROM t3) | t2 t3 | a b c d | PARSED",
                "WITH c AS (SELECT a FROM t1), d AS (SELECT e FROM c) SELECT * FROM c, d, t4 | t1 t4 | a e * | PARSED",
                "WITH t1 AS (SELECT a FROM t1) SELECT b FROM t1 | t1 | a b | PARSED",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3) SELECT i FROM n | | i | PARSED",
                "SELECT a FROM t1 UNION ALL SELECT b FROM t2 ORDER BY c LIMIT 5 OFFSET 2 | t1 t2 | a b c | PARSED",
                "SELECT CASE WHEN a THEN b ELSE c END d FROM t1 GROUP BY e HAVING f > 1 | t1 | a b c e f | PARSED",
                "SELECT EXTRACT(DAY FROM a), CAST(b AS UNSIGNED), CONVERT(c USING utf8mb4) FROM t1 | t1 | DAY a b c | PARSED",
                "SELECT a FROM t1 USE INDEX (i1) FORCE INDEX FOR ORDER BY (i2) PARTITION (p0) WHERE b | t1 | a b | PARSED",
                "INSERT INTO t1 (a, b) VALUES (1, DEFAULT), (c, 2) ON DUPLICATE KEY UPDATE d = VALUES(e) | t1 | a b c d e | PARSED",
                "INSERT t1 SET a = b | t1 | a b | PARSED",
                "INSERT INTO db1.t1 SELECT a FROM t2 WHERE b | db1.t1 t2 | a b | PARSED",
                "REPLACE INTO t1 VALUES (1, (SELECT MAX(a) FROM t2)) | t1 t2 | a | PARSED",
                "INSERT INTO t2 WITH c AS (SELECT 7 AS a) SELECT a,a,'q' FROM c | t2 | a | PARSED",
                "UPDATE t1 JOIN t2 ON t1.a = t2.a SET t1.b = t2.b WHERE c | t1 t2 | t1.a t2.a t1.b t2.b c | PARSED",
                "UPDATE LOW_PRIORITY t1 SET a = a + 1 ORDER BY b LIMIT 3 | t1 | a b | PARSED",
                "DELETE FROM t1 WHERE a = 1 RETURNING b | t1 | a b | PARSED",
                "DELETE x FROM t1 x JOIN t2 y ON x.a = y.a | t1 t2 | x.a y.a | PARSED",
                "DELETE FROM x USING t1 AS x, t2 WHERE a | t1 t2 | a | PARSED",
                "SELECT a FROM t1 FOR UPDATE SKIP LOCKED | t1 | a | PARSED",
                "SELECT a FROM t1 INTO OUTFILE '/tmp/x' FIELDS TERMINATED BY ',' | t1 | a | PARSED",
                "SELECT SQL_NO_CACHE a INTO @x FROM t1 | t1 | a | PARSED",
                "SELECT SUM(a) OVER (PARTITION BY b ORDER BY c) FROM t1 | t1 | a b c | PARSED",
                "SELECT a FROM t1 WHERE b BETWEEN 1 AND c AND d LIKE 'x' ESCAPE '!' | t1 | a b c d | PARSED",
                "SELECT a COLLATE utf8_bin FROM t1 ORDER BY b COLLATE latin1_bin DESC | t1 | a b | PARSED",
                "(SELECT a FROM t1) UNION (SELECT b FROM t2) | t1 t2 | a b | PARSED",
                "SELECT a FROM (t1, t2) JOIN (t3 JOIN t4 ON b) ON c | t1 t2 t3 t4 | a b c | PARSED",
                "SELECT DISTINCT a, CURRENT_DATE d FROM t1 STRAIGHT_JOIN (t2 JOIN t3 ON b = c) | t1 t2 t3 | a b c | PARSED",
                "SELECT a FROM t1 WHERE b IN (WITH c AS (SELECT d FROM t2) SELECT d FROM c) | t1 t2 | a b d | PARSED",
                "EXPLAIN SELECT a FROM t1 | t1 | a | PARSED",
                "TRUNCATE TABLE t1 | t1 | | PARSED",
                "DROP TABLE IF EXISTS t1, db2.t2 | t1 db2.t2 | | PARSED",
                "CREATE TABLE t1 (a INT, b INT REFERENCES t2 (c)) | t1 t2 | | PARTIAL",
                "CREATE TABLE IF NOT EXISTS t1 LIKE t2 | t1 t2 | | PARTIAL",
                "CREATE TABLE t1 AS SELECT a FROM t2 | t1 t2 | a | PARTIAL",
                "CREATE INDEX i ON t1 (a) | t1 | | PARTIAL",
                "ALTER TABLE t1 ADD COLUMN b INT | t1 | | PARTIAL",
                "RENAME TABLE t1 TO t2 | t1 t2 | | PARTIAL",
                "DESC t1 | t1 | | PARSED",
                "SELECT (a FROM t1 | t1 | a | INVALID",
                "SELECT 'open FROM t1 | | | INVALID",
                "FROBNICATE t1 | | | TOKENIZED",
                "SELECT a b c FROM t1 | t1 | a | PARSED"
            })
    void shouldNameTablesAndColumnsWhenScanned(String sql, String tables, String fields, String grade) {
        Structure structure = scan(sql);

        assertThat(list(structure.tables())).isEqualTo(tables == null ? "" : tables);
        assertThat(list(structure.fields())).isEqualTo(fields == null ? "" : fields);
        assertThat(structure.grade()).hasToString(grade);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\f',
            value = {
                "SELECT CONCAT(a, UPPER(b)), c FROM t1 | CONCAT(a b) UPPER(b)",
                "SELECT a FROM t1 WHERE b = 1 AND c LIKE 'x' | =(b) AND(c) LIKE(c)",
                "SELECT a <> b FROM t1 | <>(a b)",
                "SELECT db1.f(a), `now`() FROM t1 | db1.f(a) now()",
                "SELECT IF(a, b, 1), LEFT(c, 2) FROM t1 | IF(a b) LEFT(c)",
                "SELECT a - 1 FROM t1 | -(a)",
                "SELECT a FROM t1 WHERE b IN (1, 2) OR NOT c | IN(b) OR() NOT(c)"
            })
    void shouldNameFunctionsWithTheirFieldsWhenScanned(String sql, String functions) {
        String found = scan(sql).functions().stream()
                .map(function -> function.name() + "(" + list(function.fields()) + ")")
                .collect(Collectors.joining(" "));

        assertThat(found).isEqualTo(functions);
    }

    @Test
    void shouldSayWhereAFieldOccursWhenItHasSeveralPlaces() {
        Structure structure =
                scan("SELECT a, b FROM t1 WHERE a = (SELECT c FROM t2) GROUP BY b UNION SELECT d FROM t3");

        assertThat(structure.fields().get(0).context())
                .isEqualTo(Structure.Context.SELECT_LIST | Structure.Context.WHERE);
        assertThat(structure.fields().get(1).context())
                .isEqualTo(Structure.Context.SELECT_LIST | Structure.Context.GROUP_BY);
        assertThat(structure.fields().get(2).context())
                .isEqualTo(Structure.Context.SELECT_LIST | Structure.Context.SUBQUERY);
        assertThat(structure.fields().get(3).context())
                .isEqualTo(Structure.Context.SELECT_LIST | Structure.Context.UNION);
    }

    @Test
    void shouldNameWhatAStatementIsAboutWhenItIsPreparedOrKilled() {
        assertThat(scan("CREATE TEMPORARY TABLE db1.t1 (a INT)").createdTable())
                .isEqualTo(new Structure.Table("db1", "t1"));
        assertThat(scan("CREATE OR REPLACE TEMPORARY TABLE t1 AS SELECT 1 AS a").createdTable())
                .isEqualTo(new Structure.Table(null, "t1"));
        assertThat(scan("PREPARE ps FROM 'SELECT \\'a\\' FROM t1 WHERE b=''c'''")
                        .preparedText())
                .isEqualTo("SELECT 'a' FROM t1 WHERE b='c'");
        assertThat(scan("PREPARE `ps x` FROM @q").preparedName()).isEqualTo("ps x");
        assertThat(scan("PREPARE ps FROM @q").preparedText()).isNull();
        assertThat(scan("EXECUTE ps USING @a").preparedName()).isEqualTo("ps");
        assertThat(scan("DEALLOCATE PREPARE ps").preparedName()).isEqualTo("ps");
        assertThat(scan("DROP PREPARE ps").preparedName()).isEqualTo("ps");
        assertThat(scan("KILL 12").kill()).isEqualTo(new Structure.Kill(false, false, false, 12L, null));
        assertThat(scan("KILL SOFT QUERY 12").kill()).isEqualTo(new Structure.Kill(true, false, true, 12L, null));
        assertThat(scan("KILL QUERY ID 12").kill()).isEqualTo(new Structure.Kill(true, true, false, 12L, null));
        assertThat(scan("KILL USER joe@'%'").kill()).isEqualTo(new Structure.Kill(false, false, false, null, "joe@%"));
        assertThat(scan("USE `te``st`").databases()).containsExactly("te`st");
    }

    @Test
    void shouldTakeStringsForFieldsWhenTheOptionSaysSo() {
        byte[] sql = "SELECT \"a\" FROM t1".getBytes(StandardCharsets.UTF_8);

        assertThat(scanner.scan(sql, 0, sql.length, Dialect.DEFAULT, 0).fields())
                .isEmpty();
        assertThat(scanner.scan(sql, 0, sql.length, Dialect.DEFAULT, StructureScanner.STRINGS_AS_FIELDS)
                        .fields())
                .hasToString("[a]");
        assertThat(scanner.scan(sql, 0, sql.length, Dialect.DEFAULT.withSqlMode(SqlMode.ANSI_QUOTES), 0)
                        .fields())
                .hasToString("[a]");
    }

    /** The names themselves come on top where they were not seen lately. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\f',
            value = {
                "392 | SELECT SUM(k) FROM sbtest1 WHERE id BETWEEN 50123 AND 50222",
                "360 | UPDATE sbtest1 SET k=k+1 WHERE id=50123",
                "1048 | SELECT o.id, o.created_at, c.name, c.email, p.title, p.price, oi.quantity FROM orders o INNER JOIN customers c ON c.id = o.customer_id"
                        + " INNER JOIN order_items oi ON oi.order_id = o.id LEFT JOIN products p ON p.id = oi.product_id WHERE o.status = 'paid' AND"
                        + " o.created_at > '2024-01-01 00:00:00' AND c.country IN ('DE', 'FR', 'IT') ORDER BY o.created_at DESC, o.id LIMIT 50 OFFSET 100"
            })
    void shouldAllocateOnlyTheResultWhenNamesComeAgain(long bytes, String sql) {
        byte[] statement = sql.getBytes(StandardCharsets.UTF_8);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 100; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            scanner.scan(statement, 0, statement.length, Dialect.DEFAULT, 0);
            best = Math.min(best, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(best).isLessThanOrEqualTo(bytes);
    }

    @Test
    void shouldKeepEveryContextOfAFieldWhenItIsAnArgument() {
        Structure structure = scan("SELECT UPPER(a) FROM t1 WHERE a = 1");

        assertThat(structure.functions().get(0).fields()).isEqualTo(structure.fields());
        assertThat(structure.fields().get(0).context())
                .isEqualTo(Structure.Context.SELECT_LIST | Structure.Context.WHERE);
    }

    @Test
    void shouldBePartialWhenNamesAreTooMany() {
        StringBuilder columns = new StringBuilder("c0");
        for (int i = 1; i <= StructureBuilder.MAX_NAMES; i++) {
            columns.append(", c").append(i);
        }

        Structure structure = scan("SELECT CONCAT(" + columns + ") FROM t1");

        assertThat(structure.fields()).hasSize(StructureBuilder.MAX_NAMES);
        assertThat(structure.functions().get(0).fields()).isEqualTo(structure.fields());
        assertThat(structure.grade()).isEqualTo(Structure.Grade.PARTIAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 251, 5000, 100_000})
    void shouldStayTolerantWhenNestingIsDeep(int depth) {
        Structure structure = scan("SELECT " + "(".repeat(depth) + "a" + ")".repeat(depth) + " FROM t1");

        assertThat(structure.tables()).hasToString("[t1]");
        assertThat(structure.grade())
                .isEqualTo(depth <= Frames.MAX_DEPTH ? Structure.Grade.PARSED : Structure.Grade.PARTIAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\f',
            nullValues = "-",
            value = {
                "USE b | b",
                "use b;SELECT(1) | b",
                "/* one */ USE /* two */ b /* three */ ; -- four | b",
                "# line | -",
                "/*!50000 USE */ /*!50000 b */ | b",
                "/*!999999 USE c */ USE b | b",
                "USE `a``b` | a`b",
                "USE b; USE c; SELECT 1 FROM d.t | c",
                "SELECT 1 FROM d.t; USE b | b",
                "USE 'b' | -",
                "SELECT USE FROM b | -"
            })
    void shouldNameTheDatabaseThatIsUsed(String sql, String database) {
        assertThat(scan(sql).usedDatabase()).isEqualTo(database);
    }
}
