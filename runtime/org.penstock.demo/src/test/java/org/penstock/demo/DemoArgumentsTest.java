package org.penstock.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoArgumentsTest {

    @Test
    void shouldStartAPrimaryAndTwoReplicasOnCustomaryPortsWhenNothingIsSaid() {
        assertThat(DemoArguments.parse()).isEqualTo(new DemoArguments(java.util.List.of(), 2, 4006, null, null, false));
    }

    @Test
    void shouldTakeServersOfOnesOwn() {
        DemoArguments arguments =
                DemoArguments.parse("--servers", "db1:3306, [::1]:3307", "--user=u", "--password", "p=1");

        assertThat(arguments.servers()).containsExactly(new Address("db1", 3306), new Address("::1", 3307));
        assertThat(arguments.servers()).extracting(Address::toString).containsExactly("db1:3306", "[::1]:3307");
        assertThat(arguments.user()).isEqualTo("u");
        assertThat(arguments.password()).isEqualTo("p=1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--replicas | --replicas needs a value",
                "--replicas=x | --replicas is 'x', expected a number from 0 to 20",
                "--replicas=21 | --replicas is '21', expected a number from 0 to 20",
                "--port-base=65001 | --port-base is '65001', expected a number from 0 to 65000",
                "--servers=db1 | 'db1' is not host:port",
                "--servers=db1:0 | the port in 'db1:0' is not a number from 1 to 65535",
                "--user=u | --user and --password are for servers of your own, see --servers",
                "--speed | unknown option --speed",
                "here | unknown option here",
            })
    void shouldSayWhatIsWrong(String option, String message) {
        assertThatThrownBy(() -> DemoArguments.parse(option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
