package org.penstock.filter.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.filter.common.StatementPattern.Option;
import org.penstock.testkit.FakePayload;

class StatementPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "~",
            value = {
                "select.*from ~ SELECT a FROM t ~ true",
                "^select ~ insert into select ~ false",
                "/^select/ ~ select ~ true",
                "a[[:space:]]+b ~ a  b ~ true",
                "a[^[:space:]]b ~ a b ~ false",
                "a[[:^space:]]b ~ axb ~ true",
                "[[:alpha:]_]+\\( ~ f_x( ~ true",
                "[]x] ~ ] ~ true",
                "[^]x] ~ ]x ~ false",
                "[a[] ~ [ ~ true",
                "[a&&b]c ~ &c ~ true",
                "[ #]x ~ #x ~ true",
                "a{x} ~ a{x} ~ true",
                "a{2,3}b ~ aab ~ true",
                "^a{,3}$ ~ a{,3} ~ true",
                "(?P<q>['\"]).*(?P=q) ~ say 'x' ~ true",
                "\\Q[a]\\E ~ [a] ~ true",
                "[\\d\\-]+$ ~ 1-2 ~ true",
                "münchen ~ MüNCHEN ~ true",
                "m.nchen ~ münchen ~ false",
                "m..nchen ~ münchen ~ true"
            })
    void shouldReadPatternsAsPcreDoes(String pattern, String text, boolean expected) {
        StatementPattern compiled = StatementPattern.compile(pattern, Set.of(Option.IGNORE_CASE));

        assertThat(compiled.find(text)).isEqualTo(expected);
        assertThat(compiled.find(FakePayload.of("\u0003" + text), 1)).isEqualTo(expected);
    }

    @Test
    void shouldEndLinesAtLineFeedsOnly() {
        StatementPattern dot = StatementPattern.compile("a.b", Set.of());

        assertThat(dot.find("a\nb")).isFalse();
        assertThat(dot.find("a\rb")).isTrue();
        assertThat(dot.find(FakePayload.of("aXb"), 0)).isTrue();
        assertThat(dot.find(new FakePayload(new byte[] {'a', (byte) 0x85, 'b'}), 0))
                .isTrue();
    }

    @Test
    void shouldHonourCaseUnlessIgnored() {
        assertThat(StatementPattern.compile("select", Set.of()).find("SELECT")).isFalse();
        assertThat(StatementPattern.compile("select", Set.of(Option.IGNORE_CASE))
                        .find("SELECT"))
                .isTrue();
    }

    @Test
    void shouldLeaveOutWhiteSpaceWhenFreeSpacing() {
        StatementPattern pattern = StatementPattern.compile("a b [ ]c", Set.of(Option.FREE_SPACING));

        assertThat(pattern.find("ab c")).isTrue();
        assertThat(pattern.find("abc")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "a{2", "*", "(?<n_1>a)", "[[:nosuch:]]", "a\\K", "(?|a|b)", "a**"})
    void shouldRefuseWhatItCannotRead(String pattern) {
        // A brace that is no quantifier is text, as in PCRE.
        if (pattern.equals("a{2")) {
            assertThat(StatementPattern.compile(pattern, Set.of()).find("a{2")).isTrue();
            return;
        }
        assertThatThrownBy(() -> StatementPattern.compile(pattern, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("near position");
    }

    @Test
    void shouldStopCatastrophicBacktracking() {
        StatementPattern pattern = StatementPattern.compile("a*a*a*a*a*a*b", Set.of());

        assertThatThrownBy(() -> pattern.find("a".repeat(40) + "!"))
                .isInstanceOf(PatternCostException.class)
                .hasMessageContaining("steps");
    }

    @Test
    void shouldFailCleanlyWhenTheStackIsTooSmall() {
        StatementPattern pattern = StatementPattern.compile("^(a|b)*$", Set.of());
        byte[] text = "ab".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> pattern.find(new FakePayload(text), 0))
                .isInstanceOf(PatternCostException.class)
                .hasMessageContaining("stack");
    }

    @Test
    void shouldAllowOnePassOverALongText() {
        byte[] text = new byte[4 * 1024 * 1024];

        assertThat(StatementPattern.compile("nowhere", Set.of()).find(new FakePayload(text), 0))
                .isFalse();
    }
}
