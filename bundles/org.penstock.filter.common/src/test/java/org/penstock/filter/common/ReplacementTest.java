package org.penstock.filter.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.testkit.FakePayload;

class ReplacementTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "~",
            value = {
                "b ~ X ~ abcb ~ aXcX",
                "(a)(b) ~ $2$1 ~ abab ~ baba",
                "(a)(b)? ~ <$2> ~ a ab ~ <> <b>",
                "(?<first>a) ~ ${first}1 ~ a ~ a1",
                "(?<first>a) ~ $first.x ~ a ~ a.x",
                "(a) ~ ${1}0 ~ a ~ a0",
                "a ~ $$1 ~ a ~ $1",
                "a ~ \\n$0 ~ a ~ \\na",
                "x* ~ - ~ ab ~ -a-b-",
                "ü ~ ue ~ müü ~ mueue",
                "e ~ ë ~ me ~ më"
            })
    void shouldReplaceAllMatches(String match, String replace, String text, String expected) {
        StatementPattern pattern = StatementPattern.compile(match, Set.of());
        Replacement replacement = Replacement.parse(replace, pattern);

        byte[] result = Objects.requireNonNull(pattern.replaceAll(FakePayload.of("\u0003" + text), 1, replacement));

        assertThat(new String(result, StandardCharsets.UTF_8)).isEqualTo("\u0003" + expected);
    }

    @Test
    void shouldReturnNullWhenNothingMatches() {
        StatementPattern pattern = StatementPattern.compile("z", Set.of());

        assertThat(pattern.replaceAll(FakePayload.of("\u0003abc"), 1, Replacement.parse("y", pattern)))
                .isNull();
    }

    @Test
    void shouldKeepBytesThatAreNoValidText() {
        StatementPattern pattern = StatementPattern.compile("a", Set.of());
        byte[] text = {3, (byte) 0xFF, 'a', (byte) 0xC3, 0};

        assertThat(pattern.replaceAll(new FakePayload(text), 1, Replacement.parse("bb", pattern)))
                .containsExactly(3, 0xFF, 'b', 'b', 0xC3, 0);
    }

    @Test
    void shouldBoundTheResult() {
        StatementPattern pattern = StatementPattern.compile("(a+)", Set.of());
        Replacement replacement = Replacement.parse("$1".repeat(20), pattern);

        assertThatThrownBy(() -> pattern.replaceAll(FakePayload.of("a".repeat(1 << 20)), 0, replacement))
                .isInstanceOf(PatternCostException.class)
                .hasMessageContaining(Integer.toString(Replacement.MAX_RESULT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "$ ", "${", "${1", "${}", "$2", "$9999999999", "$nosuch", "a$"})
    void shouldRefuseIncompleteOrUnknownReferences(String replace) {
        StatementPattern pattern = StatementPattern.compile("(a)", Set.of());

        assertThatThrownBy(() -> Replacement.parse(replace, pattern)).isInstanceOf(IllegalArgumentException.class);
    }
}
