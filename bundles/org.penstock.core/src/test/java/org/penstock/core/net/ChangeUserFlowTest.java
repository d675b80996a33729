package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.core.session.Link;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.AuthSwitchRequest;
import org.penstock.wire.packet.OkPacket;

/** What a client sends while the servers follow a change of its user, and what it finds behind that. */
class ChangeUserFlowTest extends ProxyFixture {
    private static <T> T on(Channel channel, Callable<T> question) throws Exception {
        return channel.eventLoop().submit(question).get(5, TimeUnit.SECONDS);
    }

    private static boolean reads(Channel channel) throws Exception {
        return on(channel, () -> channel.config().isAutoRead());
    }

    /** As a full, or an emptied, buffer of what was written does. */
    private static void writable(Channel channel, boolean writable) throws Exception {
        on(channel, () -> {
            channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
            return null;
        });
        // the event is told in a task of its own
        on(channel, () -> null);
    }

    private static Channel client() {
        return CLIENTS.stream().filter(Channel::isOpen).findAny().orElseThrow();
    }

    private static Channel server(long session) throws Exception {
        CompletableFuture<Channel> found = new CompletableFuture<>();
        reactor.onSession(session, known -> {
            Link link = known.machine().connections().get(0);
            found.complete(((ServerSide) link.channel()).channel());
        });
        return found.get(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldNotReadUntilServersHaveFollowed() throws Exception {
        try (Relay relay = new Relay(cluster.primary().port())) {
            TestFront slow = new TestFront(relay.port());
            try (RawClient client = RawClient.connected(listen(slow, 5000), RawClient.MODERN)) {
                client.run("SELECT 1");
                Channel channel = client();
                relay.hold();
                client.send(0, client.changeUser("app"));
                await(() -> channel.pipeline().get("login") != null);
                assertThat(reads(channel)).isFalse();
                client.send(0, RawClient.query("SELECT 'behind it'"));
                relay.release();
                assertThat(RawClient.first(client.payload())).isZero();
                List<String> reply = client.reply();
                assertThat(reply).anyMatch(packet -> packet.contains("behind it"));
                assertThat(reads(channel)).isTrue();
            }
            settled(slow);
        }
    }

    @Test
    void shouldReadOnWhenAServerTookItsBytesWhileItFollowed() throws Exception {
        try (Relay relay = new Relay(cluster.primary().port())) {
            TestFront slow = new TestFront(relay.port());
            try (RawClient client = new RawClient(listen(slow, 5000))) {
                long session = client.greeting().connectionId();
                client.send(1, client.login(RawClient.MODERN, "app"));
                assertThat(RawClient.first(client.payload())).isZero();
                Channel channel = client();
                Channel server = server(session);
                relay.hold();
                writable(server, false);
                // read before the server was full
                on(channel, () -> {
                    channel.pipeline()
                            .fireChannelRead(Unpooled.wrappedBuffer(PacketWriter.frame(0, client.changeUser("app"))));
                    return channel.pipeline().fireChannelReadComplete();
                });
                await(() -> server.pipeline().get("login") != null);
                assertThat(server.pipeline().names()).contains("login");
                writable(server, true);
                relay.release();
                assertThat(RawClient.first(client.payload())).isZero();
                assertThat(client.run("SELECT 'read on'")).anyMatch(packet -> packet.contains("read on"));
            }
            settled(slow);
        }
    }

    @Test
    void shouldHoldServersBackWhenTheClientStoppedToReadMeanwhile() throws Exception {
        try (Relay relay = new Relay(cluster.primary().port())) {
            TestFront slow = new TestFront(relay.port());
            try (RawClient client = new RawClient(listen(slow, 5000))) {
                long session = client.greeting().connectionId();
                client.send(1, client.login(RawClient.MODERN, "app"));
                assertThat(RawClient.first(client.payload())).isZero();
                Channel channel = client();
                Channel server = server(session);
                relay.hold();
                client.send(0, client.changeUser("app"));
                await(() -> server.pipeline().get("login") != null);
                writable(channel, false);
                relay.release();
                assertThat(RawClient.first(client.payload())).isZero();
                assertThat(reads(server)).isFalse();
                writable(channel, true);
                assertThat(reads(server)).isTrue();
                assertThat(client.run("SELECT 'on'")).anyMatch(packet -> packet.contains("on"));
            }
            settled(slow);
        }
    }

    private static int statusBehindAChange(int where) throws Exception {
        try (RawClient client = RawClient.connected(where, RawClient.MODERN)) {
            client.run("SET autocommit = 1 - @@autocommit");
            client.run("SET sql_mode = 'ANSI_QUOTES'");
            client.send(0, client.changeUser("app"));
            return OkPacket.decode(client.loginAnswer("app"), RawClient.MODERN).status() & 0xFFF;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldTellTheStateThatTheSessionBeginsAnewWith(int autocommit) throws Exception {
        cluster.primary().execute("SET GLOBAL autocommit = " + autocommit);
        try {
            int direct = statusBehindAChange(cluster.primary().port());
            assertThat(direct & 2).isEqualTo(2 * autocommit);
            assertThat(statusBehindAChange(port)).isEqualTo(direct);
        } finally {
            cluster.primary().execute("SET GLOBAL autocommit = 1");
        }
    }

    @Test
    void shouldReadOnBehindARefusedChange() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            for (int i = 0; i < 2; i++) {
                client.send(0, client.changeUser("wrong"));
                byte[] answer = client.payload();
                if (RawClient.first(answer) == AuthSwitchRequest.HEADER) {
                    answer = client.loginAnswer("wrong");
                }
                assertThat(RawClient.first(answer)).isEqualTo(0xFF);
                assertThat(client.run("SELECT 'still here'")).anyMatch(packet -> packet.contains("still here"));
            }
        }
    }
}
