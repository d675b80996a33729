package org.penstock.core.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingChangeTest {
    private static ReadingChange of(String sql) {
        byte[] payload = ("\u0003" + sql).getBytes(StandardCharsets.UTF_8);
        return ReadingChange.of(payload, payload.length);
    }

    /** A value in angle brackets, "unknown" where only the server knows, "-" where it is not set. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            SET NAMES gbk | - | <gbk>
            set names 'UTF8MB4' collate utf8mb4_bin | - | <utf8mb4>
            SET NAMES gbk, sql_mode='ANSI_QUOTES' | <ansi_quotes> | <gbk>
            SET CHARACTER SET latin1 | - | <latin1>
            SET CHARSET 'big5'; | - | <big5>
            SET CHAR SET big5 | - | <big5>
            SET character_set_client = sjis | - | <sjis>
            SET @@session.`character_set_client`='sjis' | - | <sjis>
            /*!40101 SET character_set_client = binary */ | - | <binary>
            SET sql_mode='' | <> | -
            SET SESSION sql_mode := "ANSI,ORACLE" | <ansi,oracle> | -
            SET sql_mode=ANSI | <ansi> | -
            SET @@sql_mode = DEFAULT | unknown | -
            SET NAMES DEFAULT | - | unknown
            SET sql_mode=@old | unknown | -
            SET sql_mode='a' 'b' | unknown | -
            SET sql_mode='ANSI', sql_mode=@old | unknown | -
            SET sql_mode='a\'b' | unknown | -
            SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT | - | unknown
            SET sql_mode=CONCAT(@@sql_mode, ',ANSI_QUOTES') | unknown | -
            SET character_set_client=(SELECT 'gbk') | - | unknown
            SET /* c */ something = 1 | unknown | unknown
            SET sql_mode='x' -- NAMES | unknown | unknown
            """)
    void shouldReadWhatIsWrittenPlainly(String sql, String mode, String charset) {
        ReadingChange change = of(sql);
        assertThat(text(change.setsMode(), change.mode())).isEqualTo(mode);
        assertThat(text(change.setsCharset(), change.charset())).isEqualTo(charset);
    }

    private static String text(boolean sets, String value) {
        return !sets ? "-" : value == null ? "unknown" : "<" + value + ">";
    }

    @Test
    void shouldLeaveLongTextsToTheServer() {
        ReadingChange change = of("SET NAMES gbk" + " ".repeat(ReadingChange.MAX_LENGTH));
        assertThat(change.setsCharset()).isTrue();
        assertThat(change.charset()).isNull();
    }

    @Test
    void shouldNotTakeLongForHostileTexts() {
        String[] hostile = {
            "SET NAMES ".repeat(400), "sql_mode = ".repeat(370), "'".repeat(4000), "character ".repeat(400)
        };
        for (String sql : hostile) {
            long before = System.nanoTime();
            of(sql);
            assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
        }
    }
}
