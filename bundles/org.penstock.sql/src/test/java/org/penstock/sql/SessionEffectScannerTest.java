package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionEffectScannerTest {
    private final SessionEffectScanner scanner = new SessionEffectScanner();

    private SessionEffect scan(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return scanner.scan(bytes, 0, bytes.length, Dialect.DEFAULT);
    }

    private static String list(Collection<String> names) {
        return String.join(" ", new TreeSet<>(names));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\f',
            textBlock =
                    """
            SET @a=1 | @a |
            set @A := -1.5, @`b`='x'; | @a @b | character_set_client character_set_connection
            SET @a = 'it\\'s' | @a | character_set_client character_set_connection sql_mode
            SET @a = "x" | @a | character_set_client character_set_connection sql_mode
            SET @a = @a + 1 | @a | @a
            SET @a = 1, @b = @'c' | @a @b | @c
            SET @a = ? | @a | character_set_client character_set_connection
            SET @a = NULL /* why */ | @a |
            SET sql_mode='ANSI' | sql_mode | current_role()
            SET SESSION sql_mode=ANSI, time_zone = '+03:00' | sql_mode time_zone | current_role()
            SET @@session.sql_mode = '', @@time_zone = DEFAULT | sql_mode time_zone | current_role() global.time_zone
            SET LOCAL `wait_timeout` = 10 * 60 | wait_timeout | current_role()
            SET GLOBAL x = 1, @@global.y = 2, z = 3 | global.x global.y global.z | current_role()
            SET GLOBAL x = 1, @@y = 2, `z` = 3, @a = 4, w = 5 | @a global.w global.x global.z y | current_role()
            SET GLOBAL x = 1, SESSION y = 2, z = 3 | global.x y z | current_role()
            SET @@global.x = 1, y = 2 | global.x y | current_role()
            SET GLOBAL x = 1, NAMES latin1 | character_set_client character_set_connection character_set_results global.x | current_role()
            SET max_join_size = 10, storage_engine = x | default_storage_engine max_join_size sql_big_selects | current_role()
            SET autocommit = OFF | autocommit | current_role()
            SET NAMES utf8mb4 COLLATE utf8mb4_bin, @a = 1 | @a character_set_client character_set_connection character_set_results |
            SET CHARACTER SET latin1 | character_set_client character_set_connection character_set_results | character_set_database database()
            SET collation_connection = utf8mb4_bin | character_set_connection | current_role()
            SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY | tx_isolation tx_read_only |
            SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED | tx_isolation |
            SET tx_isolation = 'READ-COMMITTED' | tx_isolation | current_role()
            SET ROLE reader | current_role() |
            SET @a = @@global.x | @a | * current_role() database() global.x
            SET @a = @@autocommit | @a | * autocommit current_role() database()
            SET @a = CONCAT(@b, 'x') | @a | * @b character_set_client character_set_connection current_role() database()
            SET @a = (SELECT max(a) FROM t) | @a | * current_role() database()
            SET @a = 1 / 3 | @a | * current_role() database()
            USE b | character_set_database database() | current_role()
            use /* the */ `a``b` -- c | character_set_database database() | current_role()
            /*!50000 USE b */; | character_set_database database() | current_role()
            PREPARE S FROM 'SELECT 1' | prepared.s | * current_role() database()
            PREPARE `s` FROM @text | prepared.s | * @text current_role() database()
            PREPARE s FROM CONCAT(@a, 'b') | prepared.s | * @a current_role() database()
            SELECT 1, 'a' INTO @a, @b | @a @b | * current_role() database()
            SELECT (SELECT a FROM t WHERE b = 1 LIMIT 1) INTO @a | @a | * current_role() database()
            SELECT @a := @b + 1, @c := 2 | @a @c | * @b current_role() database()
            DEALLOCATE PREPARE s | prepared.s |
            drop prepare S; | prepared.s |
            """)
    void shouldKnowWhatIsSetAndNeeded(String sql, String sets, String needs) {
        SessionEffect effect = scan(sql);
        assertThat(effect.known()).isTrue();
        assertThat(list(effect.sets())).isEqualTo(sets);
        assertThat(effect.changes()).isEmpty();
        TreeSet<String> needed = new TreeSet<>(effect.needs());
        if (effect.needsVariables()) {
            needed.add("*");
        }
        assertThat(list(needed)).isEqualTo(needs == null ? "" : needs);
        assertThat(effect.ends()).isEqualTo(sql.toUpperCase().startsWith("D") ? "prepared.s" : null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\f',
            textBlock =
                    """
            SELECT a, b INTO @a, @b FROM t WHERE c = @c | @a @b | @c current_role() database()
            SELECT IF(@b, @a := 1, 0) | @a | @b current_role() database()
            SELECT 0 AND @a := 1 | @a | current_role() database()
            SELECT 1 INTO @a LIMIT 0 | @a | current_role() database()
            SELECT @a := 1 WHERE 0 | @a | current_role() database()
            SELECT @a := @a + 1, @d FROM t | @a | @a @d current_role() database()
            SET optimizer_switch = 'mrr=on' | optimizer_switch | current_role()
            """)
    void shouldKnowWhatMayBeSetInPart(String sql, String changes, String needs) {
        SessionEffect effect = scan(sql);
        assertThat(effect.known()).isTrue();
        assertThat(effect.sets()).isEmpty();
        assertThat(list(effect.changes())).isEqualTo(changes);
        assertThat(list(effect.needs())).isEqualTo(needs == null ? "" : needs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1",
                "SELECT f(@a) INTO @b",
                "SET @a = f()",
                "SET @a = `concat`('x')",
                "SET @a = GET_LOCK('x', 1)",
                "SET @a = @b := 1",
                "SET @a",
                "SET @a =",
                "SET @`a b` = 1",
                "SET @\u00e9 = 1",
                "SET @a = @`b `",
                "SET PASSWORD = PASSWORD('x')",
                "SET DEFAULT ROLE x",
                "SET STATEMENT x = 1 FOR SELECT 1",
                "SET TRANSACTION READ ONLY",
                "SET PERSIST x = 1",
                "SET debug_dbug = '+d,x'",
                "SET hot.key_buffer_size = 1",
                "SET @@hot.key_buffer_size = 1",
                "SET @a = 1; SET @b = 2",
                "SET @a = 'open",
                "USE",
                "USE b; SELECT 1",
                "USE b.c",
                "EXECUTE s",
                "PREPARE s FROM f('a', 'b')",
                "PREPARE s FROM",
                "PREPARE `s ` FROM 'x'",
                "CALL p()",
                "INSERT INTO t VALUES (@a)",
                "frobnicate"
            })
    void shouldSayThatItDoesNotKnow(String sql) {
        assertThat(scan(sql)).isSameAs(SessionEffect.UNKNOWN);
    }

    @Test
    void shouldReadNamesAsTheServerDoes() {
        byte[] sql = "USE \"b\"".getBytes(StandardCharsets.US_ASCII);
        assertThat(scanner.scan(sql, 0, sql.length, Dialect.DEFAULT)).isSameAs(SessionEffect.UNKNOWN);
        assertThat(scanner.scan(sql, 0, sql.length, Dialect.DEFAULT.withSqlMode(SqlMode.ANSI_QUOTES))
                        .needs())
                .containsExactlyInAnyOrder("sql_mode", SessionEffect.ROLE);
        assertThat(scan("USE b\u00fccher").needs())
                .containsExactlyInAnyOrder("character_set_client", SessionEffect.ROLE);
    }

    @Test
    void shouldNeedOnlyVariablesThatBearOnValues() {
        SessionEffect computed = scan("SET @a = CONCAT('a')");
        assertThat(computed.needs("sql_mode")).isTrue();
        assertThat(computed.needs(SessionEffect.DATABASE)).isTrue();
        assertThat(computed.needs("autocommit")).isFalse();
        assertThat(computed.needs("lock_wait_timeout")).isFalse();
        assertThat(computed.needs("@b")).isFalse();
        assertThat(computed.needs("prepared.s")).isFalse();
        assertThat(SessionEffect.UNKNOWN.needs("@b")).isTrue();
    }

    @Test
    void shouldNotKnowStatementsWithTooManyNames() {
        StringBuilder sql = new StringBuilder("SET @a=1");
        for (int i = 0; i < SessionEffectScanner.MAX_NAMES; i++) {
            sql.append(",@a").append(i).append("=1");
        }
        assertThat(scan(sql.toString())).isSameAs(SessionEffect.UNKNOWN);
        assertThat(scan("SET " + "a=1,".repeat(10_000) + "a=1").sets()).containsExactly("a");
        assertThat(scan("SET @a='" + "(".repeat(100_000))).isSameAs(SessionEffect.UNKNOWN);
    }
}
