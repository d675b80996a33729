package org.penstock.core.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.sql.ClientCharset;
import org.penstock.sql.Dialect;
import org.penstock.sql.ServerFamily;
import org.penstock.sql.SqlMode;
import org.penstock.wire.ServerStatus;

class SessionDialectTest {
    private final SessionDialect dialect = new SessionDialect(45);

    @Test
    void shouldTakeTheLowestVersionOfTheServersThatAreKnown() {
        dialect.servers(Arrays.asList("5.5.5-11.4.5-MariaDB-log", null, "10.6.12-MariaDB"));
        assertThat(dialect.get().version()).isEqualTo(100612);
        assertThat(dialect.get().family()).isEqualTo(ServerFamily.MARIADB);
        dialect.servers(List.of("8.0.15"));
        assertThat(dialect.get().family()).isEqualTo(ServerFamily.MYSQL);
        assertThat(dialect.get().version()).isEqualTo(80015);
        dialect.servers(List.of());
        assertThat(dialect.get()).isEqualTo(Dialect.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void shouldReadQuotesAsTheServersStatusSays(boolean ansi, boolean plainBackslash) {
        dialect.servers(List.of("10.11.6-MariaDB"));
        dialect.status((ansi ? ServerStatus.ANSI_QUOTES : 0)
                | (plainBackslash ? ServerStatus.NO_BACKSLASH_ESCAPES : 0)
                | ServerStatus.AUTOCOMMIT);
        int mode = dialect.get().sqlMode();
        assertThat((mode & SqlMode.ANSI_QUOTES) != 0).isEqualTo(ansi);
        assertThat((mode & SqlMode.ORACLE) != 0).as("may be").isEqualTo(ansi);
        assertThat((mode & SqlMode.NO_BACKSLASH_ESCAPES) != 0).isEqualTo(plainBackslash);
        assertThat(dialect.modeInStatus()).isTrue();
    }

    @Test
    void shouldTakeTheModeOfMySqlFromWhatWasConfirmed() {
        dialect.servers(List.of("8.0.15"));
        assertThat(dialect.modeInStatus()).isFalse();
        dialect.sqlMode("STRICT_ALL_TABLES,ANSI_QUOTES");
        assertThat(dialect.get().sqlMode()).isEqualTo(SqlMode.ANSI_QUOTES);
        dialect.sqlMode("");
        assertThat(dialect.get().sqlMode()).isZero();
        dialect.status(ServerStatus.NO_BACKSLASH_ESCAPES);
        assertThat(dialect.get().sqlMode()).isEqualTo(SqlMode.NO_BACKSLASH_ESCAPES);
    }

    @ParameterizedTest
    @CsvSource({"1,BIG5", "28,GBK", "248,GB18030", "13,SJIS", "95,SJIS", "45,ASCII_BASED", "8,ASCII_BASED"})
    void shouldKnowCharacterSetsThatHideQuotes(int collation, ClientCharset expected) {
        assertThat(new SessionDialect(collation).get().charset()).isEqualTo(expected);
        dialect.reset(collation);
        assertThat(dialect.get().charset()).isEqualTo(expected);
    }

    @Test
    void shouldMakeNothingAnewWhileNothingChanges() {
        Dialect first = dialect.get();
        dialect.status(ServerStatus.AUTOCOMMIT | ServerStatus.IN_TRANS);
        assertThat(dialect.get()).isSameAs(first);
        dialect.charset("gbk");
        assertThat(dialect.get().charset()).isEqualTo(ClientCharset.GBK);
        assertThat(dialect.toString()).endsWith("GBK");
    }
}
