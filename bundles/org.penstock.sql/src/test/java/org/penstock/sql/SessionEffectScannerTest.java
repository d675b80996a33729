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
            SET sql_mode='ANSI' | sql_mode |
            SET SESSION sql_mode=ANSI, time_zone = '+03:00' | sql_mode time_zone |
            SET @@session.sql_mode = '', @@time_zone = DEFAULT | sql_mode time_zone | global.time_zone
            SET LOCAL `wait_timeout` = 10 * 60 | wait_timeout |
            SET GLOBAL x = 1, @@global.y = 2, z = 3 | global.x global.y z |
            SET autocommit = OFF | autocommit |
            SET NAMES utf8mb4 COLLATE utf8mb4_bin, @a = 1 | @a character_set_client character_set_connection character_set_results |
            SET CHARACTER SET latin1 | character_set_client character_set_connection character_set_results | character_set_database database()
            SET collation_connection = utf8mb4_bin | character_set_connection |
            SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY | tx_isolation tx_read_only |
            SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED | tx_isolation |
            SET tx_isolation = 'READ-COMMITTED' | tx_isolation |
            SET ROLE reader | current_role() |
            SET @a = @@global.x | @a | * database() global.x
            SET @a = @@autocommit | @a | * autocommit database()
            SET @a = CONCAT(@b, 'x') | @a | * @b character_set_client character_set_connection database()
            SET @a = (SELECT max(a) FROM t) | @a | * database()
            SET @a = 1 / 3 | @a | * database()
            USE b | database() |
            use /* the */ `a``b` -- c | database() |
            /*!50000 USE b */; | database() |
            PREPARE S FROM 'SELECT 1' | prepared.s | * database()
            PREPARE `s` FROM @text | prepared.s | * @text database()
            PREPARE s FROM CONCAT(@a, 'b') | prepared.s | * @a database()
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
            SELECT a, b INTO @a, @b FROM t WHERE c = @c | @a @b | @c database()
            SELECT @a := @a + 1, @d FROM t | @a | @a @d database()
            SET optimizer_switch = 'mrr=on' | optimizer_switch |
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
                .containsExactly("sql_mode");
        assertThat(scan("USE b\u00fccher").needs()).containsExactly("character_set_client");
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
