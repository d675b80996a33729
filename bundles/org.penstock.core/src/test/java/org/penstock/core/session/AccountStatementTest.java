package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountStatementTest {
    private static boolean matches(String sql) {
        byte[] payload = ("\3" + sql).getBytes(StandardCharsets.UTF_8);
        return AccountStatement.matches(new ArrayBytes(payload), 0, payload.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE USER a",
                "create or replace user 'a'@'%' identified by 'x'",
                " \n CREATE\tROLE r",
                "ALTER USER a ACCOUNT LOCK",
                "DROP USER IF EXISTS a",
                "drop role r",
                "RENAME USER a TO b",
                "GRANT SELECT ON *.* TO a",
                "REVOKE ALL ON x.* FROM a",
                "SET PASSWORD = PASSWORD('x')",
                "SET PASSWORD FOR a = ''",
                "SET DEFAULT ROLE r",
                "FLUSH PRIVILEGES",
                "flush local privileges",
                "FLUSH PRIVILEGES; SELECT 1"
            })
    void shouldKnowStatementsThatChangeAccounts(String sql) {
        assertThat(matches(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "C",
                "CREATE",
                "CREATE TABLE user (a int)",
                "CREATE OR REPLACE TABLE t (a int)",
                "ALTER TABLE t ADD b int",
                "DROP TABLE user",
                "RENAME TABLE a TO b",
                "SET autocommit = 1",
                "FLUSH TABLES",
                "SELECT 'GRANT'",
                "INSERT INTO t VALUES (1)"
            })
    void shouldPassOverOthers(String sql) {
        assertThat(matches(sql)).isFalse();
    }
}
