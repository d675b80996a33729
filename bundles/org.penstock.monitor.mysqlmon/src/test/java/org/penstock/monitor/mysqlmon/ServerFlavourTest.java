package org.penstock.monitor.mysqlmon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFlavourTest {
    @ParameterizedTest
    @CsvSource({
        "11.4.5-MariaDB, MARIADB",
        "5.5.5-10.2.44-MariaDB-log, MARIADB",
        "10.0.38-MariaDB, MARIADB",
        "5.5.68-MariaDB, CLASSIC",
        "5.7.44-log, CLASSIC",
        "8.0.15, CLASSIC",
        "8.0.22, MYSQL_8",
        "9.1.0, MYSQL_8",
        "5.1.73, OLD",
        "'', CLASSIC",
        "whatever, CLASSIC",
    })
    void shouldKnowServerByItsVersion(String version, ServerFlavour flavour) {
        assertThat(ServerFlavour.of(version)).isEqualTo(flavour);
    }
}
