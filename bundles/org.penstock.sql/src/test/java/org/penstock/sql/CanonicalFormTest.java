package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Types;

class CanonicalFormTest {

    private final Classifier classifier = new Classifier();
    private final Classification statement = new Classification();

    private String canonical(String sql, Dialect dialect) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        classifier.classify(bytes, 0, bytes.length, dialect, statement);
        return statement.canonicalText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\f',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "SELECT 1, 'x', \"y\" | SELECT ?, ?, ?",
                "SELECT N'x', _utf8mb4'x', x'4142', b'01', 0xFF, 1e5, .5, 1.e1, -7 | SELECT N?, _utf8mb4?, x?, b?, ?, ?, ?, ?, ?",
                "SELECT _utf8 0x7E, X'7E' | SELECT _utf8 ?, X?",
                "SELECT a1, b2c, `3 d`, t.4e FROM t5 | SELECT a1, b2c, `3 d`, t.4e FROM t5",
                "SELECT 1a, 1e, 0xFG, 0b012, 1e5a, 1.a | SELECT 1a, 1e, 0xFG, 0b012, ?a, ?a",
                "SELECT a-1, a - 1, a -1, (-1), a=-1, a<-.5, +1+-1 | SELECT a-?, a - ?, a -?, (?), a=?, a<?, ?+?",
                "SELECT 5--1 | SELECT ?-?",
                "SELECT 'it''s', 'a\\'b; x', \"c\\\"d\" | SELECT ?, ?, ?",
                "SELECT/**/a/* x */FROM/* y */ t1 | SELECT a FROM t1",
                "SELECT 1 -- x | SELECT ?",
                "SELECT 1 # x | SELECT ?",
                "SELECT NULL, true, @a, @'b', @@c, ? | SELECT NULL, true, @a, @'b', @@c, ?",
                "SELECT a FROM t1 WHERE b IN (1,2,3) | SELECT a FROM t1 WHERE b IN (?,?,?)",
                "SELECT /*!50101 1 + */ 2 | SELECT /*!? ? + */ ?",
                "SELECT /*! 1 + */ 2 | SELECT /*! ? + */ ?",
                "SELECT /*M!100100 1 + */ 2 | SELECT /*M!? ? + */ ?",
                "SELECT 1 /*!999999 + 1 */ | SELECT ?",
                "SELECT 1, 'open x 2 | SELECT ?, 'open x 2",
                "SELECT 1 /* open 2 | SELECT ? /* open 2",
                "select  a  from  t1 | select  a  from  t1"
            })
    void shouldReplaceLiteralsAndLeaveTheRestWhenClassified(String sql, String expected) {
        assertThat(canonical(sql, Dialect.DEFAULT).strip()).isEqualTo(expected);
    }

    @Test
    void shouldKeepNamesInDoubleQuotesWhenTheModeSaysSo() {
        assertThat(canonical("SELECT \"a\"\"b\", 'x'", Dialect.DEFAULT.withSqlMode(SqlMode.ANSI_QUOTES)))
                .isEqualTo("SELECT \"a\"\"b\", ?");
        assertThat(canonical("SELECT 'a\\', b -- '", Dialect.DEFAULT.withSqlMode(SqlMode.NO_BACKSLASH_ESCAPES))
                        .strip())
                .isEqualTo("SELECT ?, b");
    }

    @Test
    void shouldDifferWhenTheStatementIsPrepared() {
        byte[] sql = "SELECT 1".getBytes(StandardCharsets.UTF_8);
        canonical("SELECT 1", Dialect.DEFAULT);
        long plain = statement.canonicalHash();
        classifier.classifyPrepared(sql, 0, sql.length, Dialect.DEFAULT, statement);

        assertThat(statement.canonicalHash()).isNotEqualTo(plain);
        assertThat(statement.is(Types.PREPARE_STMT)).isTrue();
        assertThat(statement.is(Types.READ)).isTrue();
    }

    @Test
    void shouldHaveTheSameHashWhenOnlyLiteralsDiffer() {
        canonical("SELECT a FROM t1 WHERE b = 1 AND c = 'x'", Dialect.DEFAULT);
        long hash = statement.canonicalHash();

        canonical("SELECT a FROM t1 WHERE b = 0x17 AND c = 'longer and longer'", Dialect.DEFAULT);

        assertThat(statement.canonicalHash()).isEqualTo(hash);
    }

    /** A trail byte that looks like a backslash or a quote must not open or close anything. */
    @ParameterizedTest
    @CsvSource({"GBK, bf5c", "GBK, 8127", "BIG5, a55c", "SJIS, 955c", "SJIS, 8160", "GB18030, 815c", "GB18030, 81308130"
    })
    void shouldReadWholeCharactersWhenTheCharacterSetHidesQuotes(ClientCharset charset, String hex) {
        byte[] character = new java.math.BigInteger(hex, 16).toByteArray();
        byte[] head = "SELECT '".getBytes(StandardCharsets.US_ASCII);
        byte[] tail = "'; DELETE FROM t1 -- '".getBytes(StandardCharsets.US_ASCII);
        byte[] sql = new byte[head.length + character.length - 1 + tail.length];
        System.arraycopy(head, 0, sql, 0, head.length);
        System.arraycopy(character, 1, sql, head.length, character.length - 1);
        System.arraycopy(tail, 0, sql, head.length + character.length - 1, tail.length);

        classifier.classify(sql, 0, sql.length, Dialect.DEFAULT.withCharset(charset), statement);

        // 0x8127 is no character of gbk: the quote closes there, and what follows is a string.
        boolean whole = !hex.equals("8127");
        assertThat(statement.has(Flags.MULTI_STATEMENT)).isEqualTo(whole);
        assertThat(statement.canonicalText().startsWith("SELECT ?; DELETE")).isEqualTo(whole);
    }
}
