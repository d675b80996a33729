package org.penstock.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServersArgumentsTest {

    @Test
    void shouldTakeTheFileOfPorts() {
        assertThat(ServersArguments.parse("--replicas", "0", "--port-file", "ports")
                        .portFile())
                .isEqualTo(Path.of("ports"));
    }

    @ParameterizedTest
    @CsvSource({
        "--replicas -1, expected 0 to 20",
        "--replicas two, expected a whole number",
        "--replicas, needs a value",
        "--max-connections 5, expected 10 to 100000",
        "--server-option wait-timeout=5, must begin with --",
        "--port 3306, unknown option --port"
    })
    void shouldSayWhatIsWrong(String line, String said) {
        assertThatThrownBy(() -> ServersArguments.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }
}
