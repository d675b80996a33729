package org.penstock.core.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.sql.Dialect;
import org.penstock.sql.Structure;
import org.penstock.sql.StructureScanner;

class TemporaryTablesTest {
    private final TemporaryTables tables = new TemporaryTables();

    private static Structure structure(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return new StructureScanner().scan(bytes, 0, bytes.length, Dialect.DEFAULT, 0);
    }

    private boolean add(String sql, String defaultDatabase) {
        return tables.add(TemporaryTables.key(structure(sql), defaultDatabase), "a");
    }

    @BeforeEach
    void one() {
        assertThat(add("CREATE TEMPORARY TABLE Tmp (a INT)", "d")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM tmp",
                "SELECT * FROM D.TMP",
                "SELECT a FROM t1 JOIN `tmp` x USING (a)",
                "SELECT (SELECT max(a) FROM tmp) FROM t1",
                "WITH c AS (SELECT * FROM d.tmp) SELECT * FROM c",
                "SELECT 1 UNION SELECT a FROM tmp",
                "EXPLAIN SELECT * FROM tmp",
                "DESC tmp",
                "SHOW CREATE TABLE tmp",
                "CHECKSUM TABLE tmp",
                "ALTER TABLE tmp RENAME TO tmp2",
                "RENAME TABLE t1 TO t2, tmp TO tmp3",
            })
    void shouldFindAStatementThatMayReadOne(String sql) {
        assertThat(tables.mayName(structure(sql), "d")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "SELECT * FROM t1", "SELECT * FROM other.tmp", "SELECT 'tmp', t1.tmp FROM t1"})
    void shouldLeaveOthersAlone(String sql) {
        assertThat(tables.mayName(structure(sql), "d")).isFalse();
    }

    @Test
    void shouldGoByTheDefaultDatabaseOfTheMoment() {
        assertThat(tables.mayName(structure("SELECT * FROM tmp"), "other")).isFalse();
        assertThat(tables.mayName(structure("SELECT * FROM tmp"), null)).isFalse();
        add("CREATE TEMPORARY TABLE x.tmp (a INT)", null);
        assertThat(tables.mayName(structure("SELECT * FROM tmp"), "x")).isTrue();
        assertThat(tables.names()).containsExactlyInAnyOrder("d.tmp", "x.tmp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROP TABLE tmp", "DROP TEMPORARY TABLE IF EXISTS t1, d.TMP", "drop tables tmp"})
    void shouldForgetWhatIsDropped(String sql) {
        tables.dropped(structure(sql), "d");
        assertThat(tables.isEmpty()).isTrue();
        assertThat(tables.holder()).isNull();
        assertThat(tables.mayName(structure("SELECT * FROM tmp"), "d")).isFalse();
    }

    @Test
    void shouldKnowWhenItCannotRememberMore() {
        for (int i = 1; i < TemporaryTables.MAX_TABLES; i++) {
            assertThat(tables.fits("d.t" + i)).isTrue();
            assertThat(add("CREATE TEMPORARY TABLE t" + i + " (a INT)", "d")).isTrue();
        }
        assertThat(tables.fits("d.more")).isFalse();
        assertThat(tables.fits("d.tmp")).isTrue();
        assertThat(add("CREATE OR REPLACE TEMPORARY TABLE tmp (a INT)", "d"))
                .as("not a new one")
                .isFalse();
        assertThat(tables.count()).isEqualTo(TemporaryTables.MAX_TABLES);
        tables.clear();
        assertThat(tables.isEmpty()).isTrue();
    }

    @Test
    void shouldKnowWhenThereIsNoName() {
        assertThat(TemporaryTables.key(structure("CREATE TEMPORARY SEQUENCE s"), "d"))
                .isNull();
    }

    @Test
    void shouldKnowThemThoughTheirConnectionIsLost() {
        tables.lost();
        assertThat(tables.holder()).isNull();
        assertThat(tables.mayName(structure("SELECT * FROM tmp"), "d")).isTrue();
        tables.remove("d.tmp");
        assertThat(tables.isEmpty()).isTrue();
    }
}
