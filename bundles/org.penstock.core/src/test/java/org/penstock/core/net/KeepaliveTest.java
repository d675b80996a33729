package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.core.service.SessionLimits;

/** Pings on server connections that a session does not use. */
class KeepaliveTest extends ProxyFixture {
    private static final long BEYOND_WAIT_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(5500);

    @AfterEach
    void asBefore() {
        front.limit(SessionLimits.DEFAULT);
    }

    private static SessionLimits keepalive(Duration unused, boolean forced) {
        SessionLimits limits = SessionLimits.DEFAULT;
        return new SessionLimits(
                0,
                0,
                limits.queueTimeout(),
                limits.waitTimeout(),
                limits.netWriteTimeout(),
                unused,
                forced,
                limits.idlePoolTime(),
                limits.multiplexTimeout(),
                limits.moduleWaitTimeout());
    }

    /** Whether a session outlives the time after which its server closes unused connections. */
    private static boolean outlives() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.run("SET SESSION wait_timeout = 3");
            long until = System.nanoTime() + BEYOND_WAIT_TIMEOUT;
            await(() -> System.nanoTime() - until > 0 || reactor.sessions() == 0);
            return reactor.sessions() > 0
                    && client.run("SELECT 'still here'").stream().anyMatch(packet -> packet.contains("still here"));
        }
    }

    @Test
    void shouldKeepConnectionsOfIdleSessionsWhenForced() throws Exception {
        front.limit(keepalive(Duration.ofSeconds(1), true));
        assertThat(outlives()).isTrue();
    }

    @Test
    void shouldNotPingForASessionThatIsIdleItself() throws Exception {
        front.limit(keepalive(Duration.ofSeconds(1), false));
        assertThat(outlives()).isFalse();
    }
}
