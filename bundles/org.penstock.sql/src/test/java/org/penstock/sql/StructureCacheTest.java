package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructureCacheTest {

    private final StructureCache cache = new StructureCache(8);
    private final Classifier classifier = new Classifier();
    private final Classification statement = new Classification();

    private Structure get(String sql, Dialect dialect) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        classifier.classify(bytes, 0, bytes.length, dialect, statement);
        return cache.get(bytes, 0, bytes.length, dialect, statement);
    }

    @Test
    void shouldHitWhenOnlyLiteralsDiffer() {
        Structure first = get("SELECT a FROM t1 WHERE b = 1", Dialect.DEFAULT);

        assertThat(get("SELECT a FROM t1 WHERE b = 'x'", Dialect.DEFAULT)).isSameAs(first);
        assertThat(get("SELECT a FROM t2 WHERE b = 1", Dialect.DEFAULT)).isNotEqualTo(first);
        assertThat(cache.hits()).isEqualTo(1);
        assertThat(cache.misses()).isEqualTo(2);
    }

    @Test
    void shouldMissWhenWhatItDependsOnDiffers() {
        Structure first = get("SELECT a FROM t1", Dialect.DEFAULT);

        get("SELECT a FROM t1", Dialect.DEFAULT.withSqlMode(SqlMode.ANSI_QUOTES));
        get("SELECT a FROM t1", Dialect.DEFAULT.withCharset(ClientCharset.GBK));
        get("SELECT a FROM t1", new Dialect(ServerFamily.MARIADB, 110400, 0, ClientCharset.ASCII_BASED));
        get("SELECT a FROM t1", new Dialect(ServerFamily.MYSQL, 80000, 0, ClientCharset.ASCII_BASED));

        assertThat(cache.hits()).isZero();
        assertThat(get("SELECT a FROM t1", new Dialect(ServerFamily.MARIADB, 101100, 0, ClientCharset.ASCII_BASED)))
                .isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET autocommit = 1", "KILL 7", "PREPARE p FROM 'SELECT 1'", "EXECUTE IMMEDIATE 'SELECT 1'",
                        "XA START 'x'",
                "LOAD DATA INFILE 'x' INTO TABLE t1", "SELECT 1 /*!50101 + a */", "SELECT 'open", "FROBNICATE t1",
                        "SELECT 1; SELECT 2"
            })
    void shouldPassByWhenALiteralDecides(String sql) {
        get(sql, Dialect.DEFAULT);
        get(sql, Dialect.DEFAULT);

        assertThat(cache.bypasses()).isEqualTo(2);
        assertThat(cache.hits() + cache.misses()).isZero();
    }

    @Test
    void shouldKeepItsSizeWhenStatementsNeverEnd() {
        for (int i = 0; i < 1000; i++) {
            get("SELECT a FROM t" + i, Dialect.DEFAULT);
        }

        assertThat(cache.misses()).isEqualTo(1000);
        assertThat(cache.evictions()).isGreaterThanOrEqualTo(1000 - 8);
    }
}
