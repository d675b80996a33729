package org.penstock.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFormatTest {
    private enum Color {
        RED,
        GREEN
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "10s, PT10S",
        "5m, PT5M",
        "5min, PT5M",
        "1h, PT1H",
        "1H, PT1H",
        "7, PT7S",
        "' 3 s ', PT3S",
        "-1, PT-1S",
        "0, PT0S"
    })
    void shouldReadDurations(String text, String expected) {
        assertThat(Durations.parse(text, ChronoUnit.SECONDS)).isEqualTo(Duration.parse(expected));
    }

    @Test
    void shouldReadBareNumberInGivenUnit() {
        assertThat(Durations.parse("1500", ChronoUnit.MILLIS)).isEqualTo(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @CsvSource({"PT0.5S, 500ms", "PT90S, 90s", "PT5M, 5m", "PT2H, 2h", "PT0S, 0s"})
    void shouldWriteDurationsThatAreReadBack(String duration, String expected) {
        assertThat(Durations.format(Duration.parse(duration))).isEqualTo(expected);
        assertThat(Durations.parse(expected, ChronoUnit.DAYS)).isEqualTo(Duration.parse(duration));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "1d", "1.5s", "ten", "1 0s", "9999999999999s"})
    void shouldRefuseOtherDurations(String text) {
        assertThatThrownBy(() -> Durations.parse(text, ChronoUnit.SECONDS))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("expected a duration such as 500ms, 10s, 5m or 1h, got '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "64Ki, 65536",
        "64ki, 65536",
        "10M, 10000000",
        "10m, 10000000",
        "1k, 1000",
        "1G, 1000000000",
        "1Gi, 1073741824",
        "2Ti, 2199023255552",
        "3T, 3000000000000",
        "1KiB, 1024"
    })
    void shouldReadSizes(String text, long expected) {
        assertThat(Sizes.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "Ki", "1.5M", "5X", "1ii"})
    void shouldRefuseOtherSizes(String text) {
        assertThatThrownBy(() -> Sizes.parse(text))
                .hasMessage("expected a size such as 4096, 64Ki or 10M, got '" + text + "'");
    }

    @Test
    void shouldRefuseSizeBeyondLong() {
        assertThatThrownBy(() -> Sizes.parse("99999999Ti"))
                .hasMessage("expected a size below 8 exbibytes, got '99999999Ti'");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "YES,true", "on,true", "1,true", "false,false", "No,false", "off,false", "0,false"})
    void shouldReadTruthValues(String text, boolean expected) {
        assertThat(Texts.bool(text)).isEqualTo(expected);
    }

    @Test
    void shouldNamePlaceOfRefusedValue() {
        ConfigurationException refused = new ConfigurationException("maybe", "true or false").at("S", "flush");
        assertThat(refused).hasMessage("[S] flush: expected true or false, got 'maybe'");
        assertThat(refused.section() + refused.key() + refused.value()).isEqualTo("Sflushmaybe");
    }

    @Test
    void shouldRefuseNumbersOutsideBounds() {
        assertThat(Texts.integer("65535", 1, 65535)).isEqualTo(65535);
        assertThatThrownBy(() -> Texts.integer("70000", 1, 65535))
                .hasMessage("expected a whole number from 1 to 65535, got '70000'");
        assertThatThrownBy(() -> Texts.count("-1")).hasMessage("expected a whole number from 0 up, got '-1'");
        assertThatThrownBy(() -> Texts.integer("x", Integer.MIN_VALUE, Integer.MAX_VALUE))
                .hasMessage("expected a whole number, got 'x'");
    }

    @Test
    void shouldReadWordsAndLists() {
        assertThat(Texts.word("Red", Color.class)).isEqualTo(Color.RED);
        assertThat(Texts.words("red, green", Color.class)).containsExactly(Color.RED, Color.GREEN);
        assertThatThrownBy(() -> Texts.words("red,blue", Color.class))
                .hasMessage("expected a comma list of red, green, got 'red,blue'");
        assertThat(Texts.list(" a , b,,c ")).containsExactly("a", "b", "c");
        assertThat(Texts.pipeList("a| b |c d")).containsExactly("a", "b", "c d");
    }

    @Test
    void shouldTakeOffQuotesAndSlashes() {
        assertThat(Texts.unquoted("\"a b\"")).isEqualTo("a b");
        assertThat(Texts.unquoted("'a'")).isEqualTo("a");
        assertThat(Texts.unquoted("\"a'")).isEqualTo("\"a'");
        assertThat(Texts.regex("/^a/")).isEqualTo("^a");
        assertThat(Texts.regex("a/b")).isEqualTo("a/b");
    }
}
