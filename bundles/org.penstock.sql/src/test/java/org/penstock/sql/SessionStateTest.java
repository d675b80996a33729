package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Types;

/** What keeps a session on one server, what ends that, and what changes how it is read. */
class SessionStateTest {
    private final Classification statement = new Classification();

    private Classification of(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        new Classifier().classify(bytes, 0, bytes.length, Dialect.DEFAULT, statement);
        return statement;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            LOCK TABLES t READ | LOCK_TABLES | false
            UNLOCK TABLES | LOCK_TABLES | true
            UNLOCK INSTANCE | BACKUP | true
            FLUSH TABLES WITH READ LOCK | LOCK_TABLES | false
            BACKUP LOCK t | BACKUP | false
            BACKUP UNLOCK | BACKUP | true
            BACKUP STAGE START | BACKUP | false
            BACKUP STAGE END | BACKUP | true
            HANDLER t OPEN | HANDLER | false
            HANDLER t CLOSE | HANDLER | true
            XA START 'x' | XA | false
            XA END 'x' | NONE | false
            XA PREPARE 'x' | NONE | false
            XA COMMIT 'x' | XA | true
            XA ROLLBACK 'x' | XA | true
            SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE | SERIALIZABLE | false
            set local transaction read write, isolation level serializable | SERIALIZABLE | false
            SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED | SERIALIZABLE | true
            SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY | SERIALIZABLE | true
            SET @@session.tx_isolation = 'serializable' | SERIALIZABLE | false
            SET SESSION transaction_isolation = "READ-COMMITTED" | SERIALIZABLE | true
            SET SESSION tx_isolation = @old | SERIALIZABLE | false
            SET SESSION tx_isolation = 3 | SERIALIZABLE | false
            SET TRANSACTION ISOLATION LEVEL SERIALIZABLE | NONE | false
            SET GLOBAL TRANSACTION ISOLATION LEVEL SERIALIZABLE | NONE | false
            SET SESSION TRANSACTION READ ONLY | NONE | false
            SET tx_isolation = 'SERIALIZABLE' | SERIALIZABLE | false
            SET transaction_isolation = 'READ-COMMITTED' | SERIALIZABLE | true
            SET LOCAL tx_isolation = 'SERIALIZABLE' | SERIALIZABLE | false
            SET @@local.tx_isolation = 'SERIALIZABLE' | SERIALIZABLE | false
            SET @@tx_isolation = 'SERIALIZABLE' | NONE | false
            SET GLOBAL sort_buffer_size = 1, tx_isolation = 'SERIALIZABLE' | NONE | false
            SET GLOBAL sort_buffer_size = 1, SESSION a = 1, tx_isolation = 'SERIALIZABLE' | SERIALIZABLE | false
            SET @@global.sort_buffer_size = 1, tx_isolation = 'SERIALIZABLE' | SERIALIZABLE | false
            SELECT 1 | NONE | false
            """)
    void shouldNameWhatAStatementBeginsOrEnds(String sql, Pin pin, boolean ends) {
        of(sql);
        assertThat(statement.pin()).isEqualTo(pin);
        assertThat(statement.has(Flags.UNPINS)).isEqualTo(ends);
    }

    /** What a MariaDB 11.4 and the manuals of both families say of each form; what only the server knows does not make a session read only. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
            SET tx_read_only = 1 | SESSION_WRITE|READONLY
            SET transaction_read_only = OFF | SESSION_WRITE|READWRITE
            SET SESSION tx_read_only = 'ON' | SESSION_WRITE|READONLY
            SET @@session.tx_read_only = 1 | SESSION_WRITE|READONLY
            SET @@tx_read_only = 1 | READONLY|NEXT_TRX
            SET @@transaction_isolation = 'SERIALIZABLE' | NEXT_TRX
            SET tx_read_only = @old | SESSION_WRITE|USERVAR_READ|READWRITE
            SET GLOBAL tx_read_only = 1 | SESSION_WRITE|GSYSVAR_WRITE
            SET GLOBAL a = 1, tx_read_only = 1 | SESSION_WRITE|GSYSVAR_WRITE
            SET TRANSACTION READ ONLY | READONLY|NEXT_TRX
            """)
    void shouldKnowWhichTransactionsAreMeant(String row) {
        String sql = row.substring(0, row.indexOf('|')).strip();
        assertThat(Types.toString(of(sql).types()))
                .isEqualTo(row.substring(row.indexOf('|') + 1).strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET sql_mode='ANSI_QUOTES'",
                "SET GLOBAL sort_buffer_size = 1, NAMES latin1",
                "SET SESSION sql_mode=CONCAT(@@sql_mode, ',x')",
                "SET @@sql_mode=@old, @a=1",
                "SET `sql_mode` = ''",
                "SET NAMES gbk",
                "SET NAMES 'utf8' COLLATE 'utf8_bin', autocommit=1",
                "SET CHARACTER SET latin1",
                "SET CHARSET latin1",
                "/*!40101 SET character_set_client = binary */",
            })
    void shouldFlagWhatChangesReading(String sql) {
        assertThat(of(sql).has(Flags.CHANGES_READING)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET GLOBAL sql_mode='ANSI_QUOTES'",
                "SET GLOBAL sort_buffer_size = 1, sql_mode='ANSI_QUOTES'",
                "SET @sql_mode='ANSI_QUOTES'",
                "SET autocommit=1",
                "SET STATEMENT sql_mode='ANSI_QUOTES' FOR SELECT 1",
                "SELECT @@sql_mode",
            })
    void shouldNotFlagWhatDoesNot(String sql) {
        assertThat(of(sql).has(Flags.CHANGES_READING)).isFalse();
    }
}
