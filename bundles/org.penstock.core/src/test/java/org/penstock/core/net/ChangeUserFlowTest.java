package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.penstock.wire.packet.AuthSwitchRequest;

/** What a client sends while the servers follow a change of its user. */
class ChangeUserFlowTest extends ProxyFixture {
    private static boolean reads(Channel channel) throws Exception {
        return channel.eventLoop().submit(() -> channel.config().isAutoRead()).get(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldNotReadUntilServersHaveFollowed() throws Exception {
        try (Relay relay = new Relay(cluster.primary().port())) {
            TestFront slow = new TestFront(relay.port());
            try (RawClient client = RawClient.connected(listen(slow, 5000), RawClient.MODERN)) {
                client.run("SELECT 1");
                Channel channel =
                        CLIENTS.stream().filter(Channel::isOpen).findAny().orElseThrow();
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
