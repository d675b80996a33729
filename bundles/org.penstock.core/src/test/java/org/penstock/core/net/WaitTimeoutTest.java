package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.penstock.core.service.SessionLimits;

/** Sessions whose clients are silent for longer than {@code wait_timeout}. */
class WaitTimeoutTest extends ProxyFixture {
    @BeforeEach
    void limit() {
        SessionLimits limits = SessionLimits.DEFAULT;
        front.limit(new SessionLimits(
                0,
                0,
                limits.queueTimeout(),
                Duration.ofSeconds(3),
                limits.netWriteTimeout(),
                limits.keepalive(),
                limits.forceKeepalive(),
                limits.idlePoolTime(),
                limits.multiplexTimeout(),
                limits.moduleWaitTimeout()));
    }

    @AfterEach
    void asBefore() {
        front.limit(SessionLimits.DEFAULT);
    }

    @Test
    void shouldEndTheSessionOfASilentClientWithTheServersError() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.run("SELECT 1");
            await(() -> reactor.sessions() == 0);
            assertThat(client.payload()).satisfies(packet -> {
                assertThat(packet[0] & 0xFF).isEqualTo(0xFF);
                assertThat((packet[1] & 0xFF) | (packet[2] & 0xFF) << 8).isEqualTo(4031);
            });
        }
    }

    @Test
    void shouldCountFromTheEndOfACommandThatTookLonger() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.run("SELECT SLEEP(3.5)");
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
            await(() -> System.nanoTime() - until > 0 || reactor.sessions() == 0);
            assertThat(client.run("SELECT 'still here'")).anyMatch(packet -> packet.contains("still here"));
        }
    }
}
