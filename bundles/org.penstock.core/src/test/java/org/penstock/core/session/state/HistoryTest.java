package org.penstock.core.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
    private final PreparedStatements prepared = new PreparedStatements();
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
        history.add(command(3, text), null, database);
    }

    private PreparedStatement prepare(String text) {
        PreparedStatement statement = prepared.prepare(++number, command(0x16, text));
        history.add(statement.payload(), statement, null);
        return statement;
    }

    private void execute(PreparedStatement statement) {
        history.add(new byte[] {0x17, 0, 0, 0, 0, 0, 1, 0, 0, 0}, statement, null);
    }

    private void close(PreparedStatement statement) {
        prepared.close(statement);
        history.closed(statement);
    }

    private List<String> kept() {
        List<String> kept = new ArrayList<>();
        long place = 0;
        for (History.Entry entry = history.after(place); entry != null; entry = history.after(place)) {
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
                // what is between depends on it
                "SET sql_mode='ANSI'|SET @a='x'|SET sql_mode='ANSI'",
                "SET NAMES latin1|SET @a='x'|SET NAMES latin1",
                "SET @a=1|SET @b=@a|SET @a=1",
                "USE a|PREPARE s FROM 'SELECT * FROM t'|USE a",
                "SET @a=1|EXECUTE s USING @a|SET @a=1",
                "SET sql_mode='ANSI'|SET @a=\"x\"|SET sql_mode='ANSI'",
                // not idempotent, or not known to be
                "SET @a=@a+1|SET @b=2|SET @a=@a+1",
                "SET @a=f()|USE x|SET @a=f()",
                "SET GLOBAL x=1|USE x|SET GLOBAL x=1",
                "SET @a=1 /* c */|USE x|SET @a=1 /* c */",
                "SET @a='\u00e9'|USE x|SET @a='\u00e9'"
            })
    void shouldKeepBothWhereOrderMayMatter(String first, String between, String again) {
        query(first);
        query(between);
        query(again);
        assertThat(kept()).containsExactly(first, between, again);
    }

    @Test
    void shouldKeepBothWhenAPreparationLiesBetween() {
        query("USE a");
        prepare("select * from t");
        query("USE a");
        assertThat(kept()).containsExactly("USE a", "select * from t", "USE a");
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
    void shouldForgetTheOldestButNoPreparedStatements() {
        history = new History(2, true, null);
        prepare("select 1");
        query("SET @a=1");
        query("SET @b=1");
        prepare("select 2");
        query("SET @c=1");
        assertThat(kept()).containsExactly("select 1", "SET @b=1", "select 2", "SET @c=1");
        assertThat(history.whole()).isTrue();
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
    void shouldForgetTheOldestBeyondTheBytes() {
        String value = "x".repeat(History.MAX_BYTES / 3);
        query("SET @a=\"1" + value);
        query("SET @a=\"2" + value);
        query("SET @a=\"3" + value);
        assertThat(kept()).hasSize(2);
    }

    @Test
    void shouldBeginInTheDatabaseThatWasForgotten() {
        history = new History(1, true, "start");
        PreparedStatement first = prepare("first");
        query("USE a");
        prepare("second");
        query("SET @a=1");
        assertThat(kept()).containsExactly("first", "second", "SET @a=1");
        assertThat(history.base()).isEqualTo("a");
        History.Entry entry = history.after(0);
        assertThat(entry).isNotNull();
        assertThat(entry.statement()).isSameAs(first);
        assertThat(entry.under()).isEqualTo("start");
        History.Entry next = history.after(entry.position());
        assertThat(next).isNotNull();
        assertThat(next.under()).isNull();
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
        query("SET @b=1");
        assertThat(kept()).as("the execution is pruned").containsExactly("SET @b=1");
    }

    @Test
    void shouldForgetDeallocatedNames() {
        query("PREPARE `S` FROM 'SELECT 1'");
        query("SET @a=1");
        query("deallocate prepare s");
        assertThat(kept()).containsExactly("SET @a=1");
        query("PREPARE s FROM 'SET @a=1'");
        query("EXECUTE s");
        query("DROP PREPARE s");
        assertThat(kept()).containsExactly("SET @a=1", "PREPARE s FROM 'SET @a=1'", "EXECUTE s", "DROP PREPARE s");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0E, 0x09, 0x0D, 0x07, 0x1C, 0x1A})
    void shouldNotKeepWhatLeavesNothingBehind(int code) {
        history.add(command(code, ""), null, null);
        assertThat(kept()).isEmpty();
    }

    @Test
    void shouldFindTheNextWhateverHasLeft() {
        query("SET @a=1");
        History.Entry first = history.after(0);
        query("SET @b=1");
        query("SET @a=1");
        assertThat(first).isNotNull();
        History.Entry next = history.after(first.position());
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
