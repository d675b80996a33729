package org.penstock.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenerPortsTest {

    @Test
    void shouldNamePortAndRemedyWhenAPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> ListenerPorts.choose(port, 1))
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining("port " + port)
                    .hasMessageContaining("--port-base");
        }
    }

    @Test
    void shouldFindDifferentFreePorts() {
        assertThat(ListenerPorts.choose(0, 3))
                .doesNotHaveDuplicates()
                .hasSize(3)
                .allMatch(port -> port > 0);
    }
}
