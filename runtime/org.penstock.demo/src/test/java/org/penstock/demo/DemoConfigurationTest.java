package org.penstock.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoConfigurationTest {

    private static final String TEXT =
            """
            [maxscale]
            substitute_variables=true

            [server1]
            type=server
            address=$FIRST_HOST
            port=$FIRST_PORT

            [server2]
            type=server
            address=127.0.0.1
            port=$SECOND_PORT

            [Monitor]
            type=monitor
            servers=server1, server2
            user=maxuser
            passwd=maxpwd

            [Read]
            type=service
            servers=server1,server2
            password=maxpwd

            [Read-Listener]
            type=listener
            service=Read
            port=$READ

            [Other-Listener]
            type=listener
            service=Read
            port=4444

            [Write-Listener]
            type=listener
            service=Read
            port = $WRITE
            """;

    private final DemoConfiguration configuration = DemoConfiguration.of(TEXT);

    @Test
    void shouldCountServersAndPortsThatVariablesStandFor() {
        assertThat(configuration.servers()).isEqualTo(2);
        assertThat(configuration.variablePorts()).isEqualTo(2);
    }

    @Test
    void shouldGiveVariablesTheirValuesInTheOrderOfTheSections() {
        Map<String, String> environment = configuration.environment(
                List.of(new Address("db1", 3301), new Address("db2", 3302)), List.of(4006, 4007));

        assertThat(environment)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "FIRST_HOST", "db1",
                        "FIRST_PORT", "3301",
                        "SECOND_PORT", "3302",
                        "READ", "4006",
                        "WRITE", "4007"));
    }

    @Test
    void shouldNameOtherServersWhereverServersAreNamed() {
        String changed = configuration.with(List.of(new Address("db1", 3301)), null, null);

        assertThat(changed)
                .contains("[server1]\ntype=server\naddress=db1\nport=3301\n")
                .contains("[Monitor]\ntype=monitor\nservers=server1\nuser=maxuser\npasswd=maxpwd\n")
                .contains("[Read]\ntype=service\nservers=server1\n")
                .doesNotContain("server2")
                .contains("port = $WRITE");
        assertThat(DemoConfiguration.of(changed).servers()).isEqualTo(1);
    }

    @Test
    void shouldPutAnotherAccountInPlace() {
        String changed = configuration.with(List.of(new Address("db1", 3301)), "proxy", "secret");

        assertThat(changed).contains("user=proxy").contains("password=secret").doesNotContain("max" + "pwd");
    }
}
