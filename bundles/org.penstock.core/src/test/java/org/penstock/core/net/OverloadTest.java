package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.wire.packet.ErrPacket;

/** Many clients, slow ones, ones that vanish, and servers that die inside a result: each is told, what is held stays small, and nobody else notices. */
class OverloadTest extends ProxyFixture {
    private static final int ROWS = 200_000;
    private static final String HUGE = "SELECT seq, repeat('r', 100) FROM seq_1_to_" + ROWS;

    /** What Netty counts for entries of its queue beside their bytes. */
    private static final int OVERHEAD = 4096;

    @Test
    void shouldTakeFiveHundredClientsAtOnce() throws Exception {
        assertThat(crowd(500)).isZero();
    }

    @Test
    void shouldPassTheServersRefusalToThoseClientsOnly() throws Exception {
        cluster.primary().execute("SET GLOBAL max_connections = 40");
        try {
            assertThat(crowd(120)).isBetween(75, 85);
        } finally {
            cluster.primary().execute("SET GLOBAL max_connections = 2000");
        }
    }

    /** Logs clients in at once and asks each that is let in something; returns how many got 1040. */
    private static int crowd(int size) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        int refused = 0;
        try {
            for (int i = 0; i < size; i++) {
                clients.add(new RawClient(port));
            }
            for (RawClient client : clients) {
                client.greeting();
                client.send(1, client.login(RawClient.MODERN, "app"));
            }
            List<RawClient> inside = new ArrayList<>();
            for (RawClient client : clients) {
                byte[] answer = client.loginAnswer("app");
                if (RawClient.first(answer) == 0) {
                    inside.add(client);
                } else {
                    assertThat(ErrPacket.decode(answer).code()).isEqualTo(1040);
                    assertThat(client.closed()).isTrue();
                    refused++;
                }
            }
            for (RawClient client : inside) {
                client.send(0, RawClient.query("SELECT 'mine', connection_id()"));
            }
            for (RawClient client : inside) {
                assertThat(client.reply()).anyMatch(packet -> packet.contains("mine"));
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        return refused;
    }

    @Test
    void shouldHoldLittleForAClientThatDoesNotRead() throws Exception {
        try (RawClient slow = new RawClient(port, 8192)) {
            slow.greeting();
            slow.send(1, slow.login(RawClient.MODERN, "app"));
            assertThat(slow.loginAnswer("app")[0]).isZero();
            Channel channel = CLIENTS.stream()
                    .filter(each -> each.remoteAddress() instanceof InetSocketAddress address
                            && address.getPort() == slow.socket().getLocalPort())
                    .findFirst()
                    .orElseThrow();
            slow.send(0, RawClient.query(HUGE));
            await(() -> stalled(channel));
            assertThat(stalled(channel)).isTrue();
            assertThat(cluster.primary().execute("SELECT state FROM information_schema.processlist WHERE user = 'app'"))
                    .isEqualTo("Writing to net");
            assertThat(pending(channel)).isPositive();
            List<String> proxied = slow.reply();
            assertThat(proxied).hasSize(1 + 2 + ROWS + 1);
            try (RawClient direct = RawClient.connected(cluster.primary().port(), RawClient.MODERN)) {
                assertThat(proxied.equals(direct.run(HUGE))).isTrue();
            }
            assertThat(slow.run("SELECT 'in step'")).anyMatch(packet -> packet.contains("in step"));
        }
    }

    private static long pending(Channel channel) {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Whether nothing has moved for a while because the client does not read; what waits for it is within the bound all the time. */
    private static boolean stalled(Channel channel) {
        long before = pending(channel);
        for (int i = 0; i < 100; i++) {
            long now = pending(channel);
            assertThat(now).isLessThanOrEqualTo(2L * HIGH_WATER + OVERHEAD);
            if (channel.isWritable() || now != before) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return true;
    }

    @Test
    void shouldForgetAClientThatResetsInsideAResult() throws Exception {
        for (int i = 0; i < 5; i++) {
            RawClient client = RawClient.connected(port, RawClient.MODERN);
            client.send(0, RawClient.query(HUGE));
            client.payload();
            client.reset();
        }
        settled(front);
        await(() -> cluster.primary()
                .execute("SELECT count(*) FROM information_schema.processlist WHERE user = 'app'")
                .equals("0"));
    }

    @Test
    void shouldTellTheClientsOfAServerThatDiesInsideAResultOnly() throws Exception {
        try (EmbeddedCluster doomed = EmbeddedCluster.builder().replicas(0).start()) {
            TestFront failing = new TestFront(doomed.primary().port());
            int failingPort = listen(failing, 5000);
            try (RawClient other = RawClient.connected(port, RawClient.MODERN);
                    RawClient reading = RawClient.connected(failingPort, RawClient.MODERN);
                    RawClient idle = RawClient.connected(failingPort, RawClient.MODERN)) {
                other.send(0, RawClient.query(HUGE));
                other.payload();
                reading.send(0, RawClient.query(HUGE));
                reading.payload();
                doomed.primary().kill();
                assertThat(endsEarly(reading)).isTrue();
                expectErrorAndEnd(idle, 1927);
                List<String> rest = new ArrayList<>();
                other.note(rest);
                other.note(rest);
                other.rows(rest);
                assertThat(rest).hasSize(2 + ROWS + 1);
            }
            settled(failing);
        }
    }

    /** Reads on; whether an error or the end comes before the result is whole. */
    private static boolean endsEarly(RawClient client) {
        try {
            for (int packets = 0; packets < ROWS; packets++) {
                if (RawClient.first(client.payload()) == ErrPacket.HEADER) {
                    return client.closed();
                }
            }
            return false;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
