package org.penstock.core.global;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTextTest {
    @ParameterizedTest
    @CsvSource({"10, PT10S", "500ms, PT0.5S", "3s, PT3S", "2m, PT2M", "2min, PT2M", "1h, PT1H", "-1s, PT-1S", "0, PT0S"
    })
    void shouldReadDuration(String text, Duration expected) {
        assertThat(SectionText.duration("k", text, ChronoUnit.SECONDS)).isEqualTo(expected);
    }

    @Test
    void shouldCountBareNumberInItsUnit() {
        assertThat(SectionText.duration("k", "1500", ChronoUnit.MILLIS)).isEqualTo(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @CsvSource({"4096, 4096", "64Ki, 65536", "1k, 1000", "10M, 10000000", "1GiB, 1073741824", "2Ti, 2199023255552"})
    void shouldReadSize(String text, long expected) {
        assertThat(SectionText.bytes("k", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1d", "1.5s", "s", "99999999999999"})
    void shouldNameKeyWhenDurationIsBad(String text) {
        assertThatThrownBy(() -> SectionText.duration("wait", text, ChronoUnit.SECONDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("wait: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1X", "999999999999999T"})
    void shouldNameKeyWhenSizeIsBad(String text) {
        assertThatThrownBy(() -> SectionText.bytes("limit", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("limit: ");
    }
}
