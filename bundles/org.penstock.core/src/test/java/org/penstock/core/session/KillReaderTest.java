package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KillReaderTest {
    private static @Nullable Kill read(String sql) {
        byte[] payload = ("\3" + sql).getBytes(StandardCharsets.UTF_8);
        return KillReader.read(new ArrayBytes(payload), 0, payload.length, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            KILL 5                                    | ''                | false
            kill 5                                    | ''                | false
            KILL CONNECTION 5                         | 'CONNECTION '     | false
            KILL QUERY 5                              | 'QUERY '          | true
            Kill Hard Query 5                         | 'HARD QUERY '     | true
            KILL SOFT 5                               | 'SOFT '           | false
            KILL SOFT CONNECTION 5 ;                  | 'SOFT CONNECTION '| false
            KILL/**/5                                 | ''                | false
            KILL /* a /* b */ QUERY -- c\\n 5 # d     | 'QUERY '          | true
            /*!50000 KILL */ 5                        | ''                | false
            /*! KILL QUERY 5 */                       | 'QUERY '          | true
            KILL /*!40101 QUERY */ 5;;                | 'QUERY '          | true
            # x\\nKILL 5                              | ''                | false
            -- x\\nKILL 5                             | ''                | false
            """)
    void shouldReadAKillOfAnId(String sql, String words, boolean query) {
        assertThat(read(sql.replace("\\n", "\n"))).isEqualTo(new Kill(words, query, 5, null, null));
        assertThat(read(" \t\n" + sql.replace("\\n", "\n"))).isEqualTo(new Kill(words, query, 5, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            textBlock =
                    """
            KILL USER joe                    | ~~            | joe   | -
            KILL QUERY USER 'joe'            | ~QUERY ~      | joe   | -
            KILL HARD CONNECTION USER `joe`  | ~HARD CONNECTION ~ | joe | -
            KILL USER "joe"@'%'              | ~~            | joe   | %
            KILL USER joe@10.0.0.1           | ~~            | joe   | 10.0.0.1
            KILL USER 'o''neil' @ localhost; | ~~            | o'neil| localhost
            KILL USER ''                     | ~~            | ~~    | -
            """)
    void shouldReadAKillOfAUser(String sql, String words, String user, @Nullable String host) {
        assertThat(read(sql)).isEqualTo(new Kill(words, words.contains("QUERY"), -1, user, host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "KILL",
                "KILL QUERY",
                "KILL CONNECTION_ID()",
                "KILL 5 + 1",
                "KILL 5.0",
                "KILL -5",
                "KILL 0x5",
                "KILL 5x",
                "KILL '5'",
                "KILL @id",
                "KILL (SELECT 5)",
                "KILL ?",
                "KILL QUERY ID 5",
                "KILL QUERY HARD 5",
                "KILL 5; SELECT 1",
                "KILL 123456789012345678901",
                "KILLED 5",
                "KILL USER",
                "KILL USER CURRENT_USER",
                "KILL USER joe@",
                "KILL USER 'joe",
                "KILL USER 'j\\oe'",
                "KILL USER joe x",
                "KILL /*!99999 QUERY */ 5",
                "KILL /*!110400 QUERY */ 5",
                "KILL /*M! QUERY */ 5",
                "KILL /*! 5",
                "KILL 5 /*",
                "SELECT 1",
                "PREPARE s FROM 'KILL 5'"
            })
    void shouldLeaveEverythingElseToAServer(String sql) {
        assertThat(read(sql)).isNull();
    }

    @Test
    void shouldReadTheCommandOfItsOwn() {
        byte[] payload = {0x0C, 5, 0, 0, (byte) 0x80};
        assertThat(KillReader.read(new ArrayBytes(payload), 0, 5, StandardCharsets.UTF_8))
                .isEqualTo(new Kill("", false, 0x8000_0005L, null, null));
        assertThat(KillReader.read(new ArrayBytes(payload), 0, 4, StandardCharsets.UTF_8))
                .isNull();
    }

    @Test
    void shouldStandForItselfWithAnotherId() {
        Kill kill = new Kill("HARD QUERY ", true, 5, null, null);
        assertThat(kill.statement(7)).isEqualTo("KILL HARD QUERY 7");
        assertThat(new String(kill.command(7), StandardCharsets.US_ASCII)).isEqualTo("\3KILL HARD QUERY 7");
    }

    @Test
    void shouldMeanThoseOfAUserAndHost() {
        Kill any = new Kill("", false, -1, "joe", null);
        assertThat(any.means("joe", "10.0.0.1")).isTrue();
        assertThat(any.means("Joe", "10.0.0.1")).isFalse();
        Kill host = new Kill("", false, -1, "joe", "10.0.0.1");
        assertThat(host.means("joe", "10.0.0.1")).isTrue();
        assertThat(host.means("joe", "10.0.0.2")).isFalse();
        assertThat(new Kill("", false, 5, null, null).means("joe", "10.0.0.1")).isFalse();
    }
}
