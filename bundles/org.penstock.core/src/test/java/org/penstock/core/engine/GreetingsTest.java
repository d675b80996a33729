package org.penstock.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreetingsTest {
    @ParameterizedTest
    @CsvSource({
        "5.5.5-10.6.22-MariaDB, 5.5.5-10.11.6-MariaDB-log",
        "5.5.5-10.6.22-MariaDB, 11.4.5-MariaDB",
        "5.5.5-10.11.6-MariaDB, 11.4.5-MariaDB",
        "11.4.5-MariaDB, 11.4.10-MariaDB",
        "8.0.15, 5.5.5-10.6.22-MariaDB",
        "5.7.44-log, 8.0.15",
        "8.0.15, 8.4.2"
    })
    void shouldCompareVersionsByTheirNumbers(String lower, String higher) {
        assertThat(Greetings.older(lower, higher)).isTrue();
        assertThat(Greetings.older(higher, lower)).isFalse();
        assertThat(Greetings.older(lower, lower)).isFalse();
    }
}
