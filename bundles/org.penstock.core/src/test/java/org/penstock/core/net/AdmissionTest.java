package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.penstock.core.service.SessionLimits;
import org.penstock.wire.packet.ErrPacket;

/** Clients beyond a service's limit wait in the order in which they came; who waits too long, or finds the queue full, is told so. */
class AdmissionTest extends ProxyFixture {
    private static SessionLimits limits(int connections, int queued, Duration wait, Duration write) {
        return new SessionLimits(
                connections,
                queued,
                wait,
                Duration.ZERO,
                write,
                Duration.ZERO,
                false,
                Duration.ofSeconds(-1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30));
    }

    private static void refused(RawClient client, String word) throws Exception {
        ErrPacket error = ErrPacket.decode(client.payload());
        assertThat(error.code()).isEqualTo(1040);
        assertThat(error.message()).contains(word);
        assertThat(client.closed()).isTrue();
    }

    @Test
    void shouldLetWaitingClientsInOneByOneInTheirOrder() throws Exception {
        TestFront narrow = new TestFront(cluster.primary().port()).limit(limits(1, 3, Duration.ZERO, Duration.ZERO));
        int at = listen(narrow, 5000);
        RawClient inside = RawClient.connected(at, RawClient.MODERN);
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            waiting.add(new RawClient(at));
            int count = i;
            await(() -> narrow.service().waiting() == count);
        }
        try (RawClient fourth = new RawClient(at)) {
            refused(fourth, "Too many connections");
        }
        waiting.remove(1).close();
        await(() -> narrow.service().waiting() == 2);
        for (RawClient next : waiting) {
            assertThat(next.socket().getInputStream().available()).isZero();
            inside.close();
            inside = next.loggedIn();
            assertThat(inside.run("SELECT 'in'")).anyMatch(packet -> packet.contains("in"));
            assertThat(narrow.service().sessions()).isEqualTo(1);
        }
        inside.close();
        settled(narrow);
        assertThat(narrow.service().refusedSessions()).isEqualTo(2);
    }

    @Test
    void shouldTellAClientThatWaitedTooLong() throws Exception {
        TestFront narrow =
                new TestFront(cluster.primary().port()).limit(limits(1, 3, Duration.ofMillis(200), Duration.ZERO));
        int at = listen(narrow, 5000);
        try (RawClient inside = RawClient.connected(at, RawClient.MODERN);
                RawClient late = new RawClient(at)) {
            refused(late, "queued_connection_timeout");
            assertThat(inside.run("SELECT 1")).isNotEmpty();
        }
        settled(narrow);
    }

    @Test
    void shouldLetThemInWhenTheLimitIsRaised() throws Exception {
        TestFront narrow = new TestFront(cluster.primary().port()).limit(limits(1, 3, Duration.ZERO, Duration.ZERO));
        int at = listen(narrow, 5000);
        try (RawClient inside = RawClient.connected(at, RawClient.MODERN);
                RawClient second = new RawClient(at)) {
            await(() -> narrow.service().waiting() == 1);
            narrow.limit(limits(2, 3, Duration.ZERO, Duration.ZERO));
            second.loggedIn();
            assertThat(inside.run("SELECT 1")).isNotEmpty();
        }
        settled(narrow);
    }

    @Test
    void shouldRestWhenNobodyCanBeAcceptedAndThenGoOn() throws Exception {
        Channel channel = TestListener.of(reactor, front).open();
        channel.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
        await(() -> !channel.config().isAutoRead());
        assertThat(channel.config().isAutoRead()).isFalse();
        channel.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
        try (RawClient patient = new RawClient(TestListener.port(channel))) {
            assertThat(patient.loggedIn().run("SELECT 'at last'")).anyMatch(packet -> packet.contains("at last"));
        }
        channel.close().syncUninterruptibly();
    }

    @Test
    void shouldEndAWaitingClientThatCannotBeGreeted() throws Exception {
        TestFront narrow = new TestFront(cluster.primary().port()).limit(limits(1, 3, Duration.ZERO, Duration.ZERO));
        int at = listen(narrow, 5000);
        String version = narrow.version;
        RawClient inside = RawClient.connected(at, RawClient.MODERN);
        try (RawClient waiting = new RawClient(at)) {
            await(() -> narrow.service().waiting() == 1);
            narrow.version = null;
            inside.close();
            expectErrorAndEnd(waiting, 1105);
        }
        narrow.version = version;
        settled(narrow);
        RawClient.connected(at, RawClient.MODERN).close();
        settled(narrow);
    }

    @Test
    void shouldNotCountSessionsThatEndedWhileTheirConnectionWaited() throws Exception {
        try (Relay relay = new Relay(cluster.primary().port())) {
            relay.hold();
            TestFront slow = new TestFront(relay.port()).configure(Tuned.connects(1, 0));
            slow.connectTimeout = 60_000;
            int at = listen(slow, 60_000);
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                RawClient client = new RawClient(at);
                client.greeting();
                client.send(1, client.login(RawClient.MODERN, "app"));
                clients.add(client);
            }
            await(() -> slow.server().connections() == 4 && slow.server().gate().waiting() == 3);
            assertThat(slow.server().gate().waiting()).isEqualTo(3);
            for (RawClient client : clients) {
                client.close();
            }
            settled(slow);
            assertThat(slow.server().gate().waiting()).isZero();
            assertThat(slow.server().gate().inFlight()).isZero();
        }
    }

    @Test
    void shouldServeAStormInItsOrder() throws Exception {
        TestFront bounded = new TestFront(cluster.primary().port()).configure(Tuned.connects(4, 0));
        bounded.connectTimeout = 60_000;
        int at = listen(bounded, 60_000);
        List<RawClient> clients = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(new RawClient(at));
        }
        int most = 0;
        for (RawClient client : clients) {
            ids.add(client.greeting().connectionId());
            client.send(1, client.login(RawClient.MODERN, "app"));
            most = Math.max(most, bounded.server().gate().inFlight());
        }
        for (RawClient client : clients) {
            assertThat(client.loginAnswer("app")[0]).isZero();
        }
        for (RawClient client : clients) {
            client.close();
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(most).isLessThanOrEqualTo(4);
        settled(bounded);
        assertThat(bounded.server().gate().inFlight()).isZero();
        assertThat(bounded.server().gate().waiting()).isZero();
    }

    @Test
    void shouldEndASessionWhoseClientStopsReading() throws Exception {
        TestFront patient =
                new TestFront(cluster.primary().port()).limit(limits(0, 0, Duration.ZERO, Duration.ofSeconds(1)));
        int at = listen(patient, 5000);
        try (RawClient slow = new RawClient(at, 8192)) {
            slow.greeting();
            slow.send(1, slow.login(RawClient.MODERN, "app"));
            assertThat(slow.loginAnswer("app")[0]).isZero();
            slow.send(0, RawClient.query("SELECT seq, repeat('r', 100) FROM seq_1_to_500000"));
            long begun = System.nanoTime();
            await(() -> patient.service().sessions() == 0);
            assertThat(patient.service().sessions()).isZero();
            assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
        }
        settled(patient);
    }

    @Test
    void shouldRefuseLoginsBeyondThoseThatMayBePending() throws Exception {
        int at = TestListener.of(reactor, front).pending(2).openPort();
        try (RawClient first = new RawClient(at);
                RawClient second = new RawClient(at)) {
            first.greeting();
            second.greeting();
            try (RawClient third = new RawClient(at)) {
                refused(third, "max_pending_logins");
            }
            second.send(1, second.login(RawClient.MODERN, "app"));
            assertThat(RawClient.first(second.loginAnswer("app"))).isZero();
            try (RawClient fourth = new RawClient(at).loggedIn()) {
                assertThat(fourth.run("SELECT 'in'")).anyMatch(packet -> packet.contains("in"));
            }
        }
    }
}
