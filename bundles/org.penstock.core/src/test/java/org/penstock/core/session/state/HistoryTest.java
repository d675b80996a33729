package org.penstock.core.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.sql.Dialect;
import org.penstock.sql.SessionEffect;

class HistoryTest {
    private final PreparedStatements prepared = new PreparedStatements();
    private final StatementReader reader = new StatementReader();
    private History history = new History(100, true, "start");
    private long number;

    private static byte[] command(int code, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] payload = new byte[bytes.length + 1];
        payload[0] = (byte) code;
        System.arraycopy(bytes, 0, payload, 1, bytes.length);
        return payload;
    }

    private void query(String text) {
        String database = text.toUpperCase(java.util.Locale.ROOT).startsWith("USE ") ? text.substring(4) : null;
        byte[] payload = command(3, text);
        history.add(payload, null, database, reader.effect(payload, Dialect.DEFAULT));
    }

    private PreparedStatement prepare(String text) {
        PreparedStatement statement = prepared.prepare(++number, command(0x16, text));
        statement.effect(reader.effect(statement.payload(), Dialect.DEFAULT));
        history.add(statement.payload(), statement, null, statement.effect());
        return statement;
    }

    private void execute(PreparedStatement statement, int... values) {
        byte[] payload = Arrays.copyOf(new byte[] {0x17, 0, 0, 0, 0, 0, 1, 0, 0, 0}, 10 + values.length);
        for (int i = 0; i < values.length; i++) {
            payload[10 + i] = (byte) values[i];
        }
        history.add(payload, statement, null, statement.effect());
    }

    private void close(PreparedStatement statement) {
        prepared.close(statement);
        history.closed(statement);
    }

    private List<String> kept() {
        List<String> kept = new ArrayList<>();
        long place = 0;
        for (HistoryEntry entry = history.after(place); entry != null; entry = history.after(place)) {
            byte[] payload = entry.payload();
            PreparedStatement statement = entry.statement();
            kept.add(
                    switch (entry.code()) {
                        case 0x17 -> "execute " + (statement == null ? 0 : statement.id());
                        case 0x19 -> "close " + (statement == null ? 0 : statement.id());
                        default -> new String(payload, 1, payload.length - 1, StandardCharsets.ISO_8859_1);
                    });
            place = entry.position();
        }
        return kept;
    }

    @Test
    void shouldKeepCommandsInOrder() {
        query("set @a=1");
        prepare("select 1");
        query("USE x");
        assertThat(kept()).containsExactly("set @a=1", "select 1", "USE x");
        assertThat(history.length()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET @a=1|SET @b=2|SET @a=1",
                "SET NAMES utf8mb4|SET autocommit=1|SET NAMES utf8mb4",
                "USE a|SET @x=1|USE a",
                "USE a|USE b|USE a",
                "SET time_zone='+03:00'|USE b|SET time_zone='+03:00'",
                "set session transaction read only|SET autocommit=0|set session transaction read only",
                "SET @@session.sql_mode = 'ANSI'|USE b|SET @@session.sql_mode = 'ANSI'",
                "SET character set utf8|SET NAMES latin1 COLLATE latin1_bin|SET character set utf8"
            })
    void shouldKeepTheLastOfIdenticalAssignments(String first, String between, String again) {
        query(first);
        query(between);
        query(again);
        assertThat(kept()).containsExactly(between, again);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET sql_mode='ANSI'|SET @a=\"x\"|SET sql_mode='ANSI'",
                "SET NAMES latin1|SET @a='x'|SET NAMES latin1",
                "SET @a=1|SET @b=@a|SET @a=1",
                "SET time_zone='+03:00'|SET @a=NOW()|SET time_zone='+03:00'",
                "USE a|PREPARE s FROM 'SELECT * FROM t'|USE a",
                "USE a|SET CHARACTER SET utf8|USE a",
                "SET ROLE r|USE priv|SET ROLE r",
                "SET ROLE r|PREPARE s FROM 'SELECT * FROM priv.t'|SET ROLE r",
                "SET ROLE r|SET @a=CURRENT_ROLE()|SET ROLE r"
            })
    void shouldKeepTheFirstWhereWhatIsBetweenDependsOnItAndLeavesIt(String first, String between, String again) {
        query(first);
        query(between);
        query(again);
        assertThat(kept()).containsExactly(first, between);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET @a=1|SET @a=@a+1|SET @a=1",
                "SET sql_mode='ANSI'|SET @a=\"x\", sql_mode=''|SET sql_mode='ANSI'",
                "SET @a=1|EXECUTE s USING @a|SET @a=1",
                "SET @a=1|SELECT f(@a) INTO @b|SET @a=1",
                // not idempotent, or not known to be
                "SET @a=@a+1|SET @b=2|SET @a=@a+1",
                "SET sql_mode=CONCAT(@@sql_mode, ',ANSI')|SET @b=2|SET sql_mode=CONCAT(@@sql_mode, ',ANSI')",
                "SET @a=f()|USE x|SET @a=f()",
                "SET @`\u00e9`=1|USE x|SET @`\u00e9`=1"
            })
    void shouldKeepBothWhereOrderMayMatter(String first, String between, String again) {
        query(first);
        query(between);
        query(again);
        assertThat(kept()).containsExactly(first, between, again);
    }

    @Test
    void shouldNotMindPreparationsBetweenChangesOfTheDatabase() {
        query("USE a");
        prepare("select * from t");
        query("USE b");
        prepare("select * from t");
        query("USE a");
        assertThat(kept()).containsExactly("select * from t", "USE b", "select * from t", "USE a");
    }

    @Test
    void shouldLookBackOnlySoFar() {
        query("SET @x=1");
        for (int i = 0; i < History.MAX_LOOK_BACK; i++) {
            query("SET @a" + i + "=1");
        }
        query("SET @x=1");
        assertThat(kept()).hasSize(History.MAX_LOOK_BACK + 2);
    }

    @Test
    void shouldForgetWhatIsOverwrittenButNoPreparedStatements() {
        history = new History(2, true, null);
        prepare("select 1");
        query("SET @a=1");
        query("SET @a=2");
        query("SET @b=1");
        prepare("select 2");
        query("SET @a=3");
        assertThat(kept()).containsExactly("select 1", "SET @b=1", "select 2", "SET @a=3");
        assertThat(history.whole()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET @a=1|SET @b=2|SET @c=3",
                "SET @a=1|SET @b=@a|SET @a=2",
                "SET NAMES latin1|SET @a='x'|SET NAMES utf8",
                "SET sql_mode='ANSI'|SET @a=\"x\"|SET sql_mode=''",
                "USE a|PREPARE s FROM 'SELECT * FROM t'|USE b",
                "USE a|SET @a=DATABASE()|USE b",
                "SET optimizer_switch='mrr=on'|SET optimizer_switch='mrr_cost_based=on'|SET @a=1",
                "SELECT a INTO @a FROM t|SELECT b INTO @a FROM t|SET @b=1",
                "SET GLOBAL x=1|SET x=DEFAULT|SET GLOBAL x=2",
                "SET ROLE r|USE priv|SET ROLE NONE",
                "SET ROLE r|SET @a=(SELECT max(a) FROM priv.t)|SET ROLE NONE",
                "SET ROLE r|SET GLOBAL x=1|SET ROLE NONE",
                "SET time_zone='+03:00'|SET GLOBAL x=1, time_zone='+00:00'|SET @a=1",
                "PREPARE s FROM 'SET @a=1'|EXECUTE s|PREPARE s FROM 'SET @a=2'"
            })
    void shouldKeepNothingRatherThanForgetWhatIsInForce(String first, String second, String third) {
        history = new History(2, true, null);
        query(first);
        query(second);
        assertThat(history.whole()).isTrue();
        query(third);
        assertThat(history.whole()).isFalse();
        assertThat(history.full()).isTrue();
        assertThat(kept()).isEmpty();
        history.clear(null);
        assertThat(history.whole()).isTrue();
        assertThat(history.full()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET @a=1|SET @b=2|SET @A := 3|SET @b=2;SET @A := 3",
                "SET NAMES latin1|SET @a='x'|SET NAMES utf8, @a=2|SET NAMES utf8, @a=2",
                "USE a|SET autocommit=0|USE b|SET autocommit=0;USE b",
                "SET autocommit=1|USE b|SET SESSION autocommit = OFF|USE b;SET SESSION autocommit = OFF",
                "SET tx_isolation='READ-COMMITTED'|USE b|SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ|"
                        + "USE b;SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                "SELECT a INTO @a FROM t|USE b|SET @a=1|USE b;SET @a=1",
                "SELECT 1 INTO @a|USE b|SELECT 2 INTO @a|USE b;SELECT 2 INTO @a",
                "SELECT @a := 1|USE b|SELECT @A := 2|USE b;SELECT @A := 2",
                "SET @a=1|SET @b=@a|SET @b=2, @a=3|SET @b=2, @a=3",
                "PREPARE s FROM 'SELECT 1'|USE b|PREPARE S FROM 'SELECT 2'|USE b;PREPARE S FROM 'SELECT 2'"
            })
    void shouldForgetWhatIsOverwritten(String first, String second, String third, String left) {
        history = new History(2, true, null);
        query(first);
        query(second);
        query(third);
        assertThat(history.whole()).isTrue();
        assertThat(kept()).containsExactly(left.split(";"));
    }

    @Test
    void shouldForgetAllRounds() {
        history = new History(5, true, null);
        for (int i = 0; i < 40; i++) {
            query("SET NAMES " + (i % 2 == 0 ? "latin1" : "utf8mb4"));
            query("SET time_zone='+0" + i % 7 + ":00'");
            query("SET @tenant='t" + i + "'");
            query("USE db" + i);
        }
        assertThat(history.whole()).isTrue();
        assertThat(history.length()).isLessThanOrEqualTo(5);
        assertThat(kept()).endsWith("SET NAMES utf8mb4", "SET time_zone='+04:00'", "SET @tenant='t39'", "USE db39");
    }

    @Test
    void shouldForgetExecutionsThatAreOverwrittenWithTheirStatements() {
        history = new History(2, true, null);
        for (int i = 1; i <= 5; i++) {
            PreparedStatement set = prepare("SET @a=?");
            execute(set, i);
            close(set);
        }
        assertThat(history.whole()).isTrue();
        assertThat(kept()).endsWith("SET @a=?", "execute 5", "close 5").hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void shouldNotBelieveInAnExecutionWhoseStatementItHasNot() {
        execute(prepared.prepare(++number, command(0x16, "SET @a=1")));
        assertThat(history.whole()).isFalse();
        assertThat(history.full()).isFalse();
    }

    @Test
    void shouldForgetAllWithoutPruning() {
        history = new History(2, false, null);
        query("SET @a=1");
        query("SET @b=1");
        assertThat(history.whole()).isTrue();
        query("SET @c=1");
        assertThat(history.whole()).isFalse();
        query("SET @d=1");
        assertThat(kept()).isEmpty();
        history.clear("now");
        assertThat(history.whole()).isTrue();
        assertThat(history.base()).isEqualTo("now");
        query("SET @e=1");
        assertThat(kept()).containsExactly("SET @e=1");
    }

    @Test
    void shouldForgetWhatIsOverwrittenBeyondTheBytes() {
        String value = "x".repeat(History.MAX_BYTES / 3);
        query("SET @a='1" + value + "'");
        query("SET @a='2" + value + "'");
        query("SET @a='3" + value + "'");
        assertThat(kept()).hasSize(1);
        query("SET @b='1" + value + "'");
        query("SET @c='1" + value + "'");
        assertThat(history.full()).isTrue();
    }

    @Test
    void shouldKeepTheDatabaseThatSetsItsCharacterSetAgain() {
        query("USE a");
        query("PREPARE s FROM 'SELECT * FROM t'");
        query("SET character_set_database=latin1");
        query("USE a");
        assertThat(kept()).hasSize(4).endsWith("USE a");
    }

    @Test
    void shouldKeepARoleThatAPreparedStatementNeeds() {
        history = new History(2, true, null);
        query("SET ROLE r");
        PreparedStatement statement = prepare("SELECT * FROM priv.t");
        query("SET ROLE NONE");
        assertThat(history.whole()).isTrue();
        query("SET @a=1");
        assertThat(history.full()).isTrue();
        history.clear(null);
        assertThat(statement.closed()).isFalse();
    }

    @Test
    void shouldCountTheTextsOfClosedStatementsThatItKeeps() {
        String padding = " /* " + "x".repeat(History.MAX_BYTES / 3) + " */";
        for (int i = 0; i < 4; i++) {
            PreparedStatement set = prepare("SET @a=?" + padding);
            execute(set, i);
            close(set);
        }
        query("SET @b=1");
        assertThat(history.whole()).as("all but the last are overwritten").isTrue();
        for (int i = 0; i < 4; i++) {
            PreparedStatement set = prepare("SET @a" + i + "=?" + padding);
            execute(set, i);
            close(set);
        }
        query("SET @b=2");
        assertThat(history.full()).isTrue();
    }

    @Test
    void shouldForgetClosedStatements() {
        PreparedStatement first = prepare("first");
        prepare("second");
        close(first);
        assertThat(kept()).containsExactly("second");
        close(first);
        assertThat(kept()).containsExactly("second");
    }

    @Test
    void shouldKeepAClosedStatementThatWasExecuted() {
        history = new History(1, true, null);
        PreparedStatement set = prepare("set @a=?");
        execute(set);
        close(set);
        assertThat(kept()).containsExactly("set @a=?", "execute 1", "close 1");
        assertThat(history.concerns(set, 2)).isTrue();
        assertThat(history.concerns(set, 3)).isFalse();
        query("SET @a=1");
        assertThat(kept()).as("the execution is overwritten").containsExactly("SET @a=1");
    }

    @Test
    void shouldForgetDeallocatedNames() {
        query("PREPARE `S` FROM 'SELECT 1'");
        query("SET @a=1");
        query("/* by */ deallocate prepare s");
        assertThat(kept()).containsExactly("SET @a=1");
        query("PREPARE s FROM 'SET @a=1'");
        query("EXECUTE s");
        query("DROP PREPARE s");
        assertThat(kept()).containsExactly("SET @a=1", "PREPARE s FROM 'SET @a=1'", "EXECUTE s", "DROP PREPARE s");
    }

    @Test
    void shouldForgetAllPreparationsOfADeallocatedNameThatWereNotExecuted() {
        query("PREPARE s FROM 'SELECT 1'");
        query("PREPARE s FROM 'SELECT 2'");
        query("DEALLOCATE PREPARE s");
        query("DEALLOCATE PREPARE other");
        assertThat(kept()).isEmpty();
        query("PREPARE s FROM 'SET @a=1'");
        query("EXECUTE s");
        query("PREPARE s FROM 'SELECT 2'");
        query("DEALLOCATE PREPARE s");
        assertThat(kept()).containsExactly("PREPARE s FROM 'SET @a=1'", "EXECUTE s", "DEALLOCATE PREPARE s");
    }

    @Test
    void shouldKeepNamedStatementsAndWhatEndsThemTogetherWhenItPrunes() {
        history = new History(4, true, null);
        query("PREPARE s FROM 'SET @a=1'");
        query("EXECUTE s");
        query("DROP PREPARE s");
        query("SET @b=1");
        query("SET @b=2");
        assertThat(kept()).containsExactly("PREPARE s FROM 'SET @a=1'", "EXECUTE s", "DROP PREPARE s", "SET @b=2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0E, 0x09, 0x0D, 0x07, 0x1C, 0x1A})
    void shouldNotKeepWhatLeavesNothingBehind(int code) {
        history.add(command(code, ""), null, null, SessionEffect.UNKNOWN);
        assertThat(kept()).isEmpty();
    }

    @Test
    void shouldFindTheNextWhateverHasLeft() {
        query("SET @a=1");
        HistoryEntry first = history.after(0);
        query("SET @b=1");
        query("SET @a=1");
        assertThat(first).isNotNull();
        HistoryEntry next = history.after(first.position());
        assertThat(next).isNotNull();
        assertThat(new String(next.payload(), StandardCharsets.US_ASCII)).endsWith("@b=1");
        assertThat(history.after(history.last())).isNull();
    }

    @Test
    void shouldNotBeFooledByLongTexts() {
        String text = "SET @a='" + "(".repeat(100_000);
        query(text);
        query("SET " + "a=1,".repeat(10_000));
        assertThat(kept()).hasSize(2);
    }
}
