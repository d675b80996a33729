package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.server.Server;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.wire.packet.ErrPacket;

/** A proxy in front of a real server for tests that break things: after each of them nothing may be left behind, at the end no buffer lost. */
abstract class ProxyFixture {
    private static final int MOST_PENDING = 600;
    static final int HIGH_WATER = TestListener.HIGH_WATER;

    static final Queue<Channel> CLIENTS = new ConcurrentLinkedQueue<>();

    static EmbeddedCluster cluster;
    static Reactor reactor;
    static TestFront front;
    static int port;

    @BeforeAll
    static void start() throws Exception {
        LeakWatch.begin();
        cluster = EmbeddedCluster.builder().replicas(0).start();
        reactor = new Reactor(Transport.choose(), 2, 2);
        front = new TestFront(cluster.primary().port());
        port = listen(front, 5000);
    }

    /** A listener in front of a service; the channels of its clients are kept. */
    static int listen(TestFront service, long loginTimeout) throws Exception {
        return listen(service, loginTimeout, LoginPolicy.ANY, "127.0.0.1");
    }

    static int listen(TestFront service, long loginTimeout, LoginPolicy policy) throws Exception {
        return listen(service, loginTimeout, policy, "127.0.0.1");
    }

    static int listen(TestFront service, long loginTimeout, LoginPolicy policy, String address) throws Exception {
        Channel channel = TestListener.of(reactor, service)
                .at(address, 0)
                .pending(MOST_PENDING)
                .loginTimeout(loginTimeout)
                .policy(policy)
                .open();
        channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object accepted) {
                CLIENTS.add((Channel) accepted);
                context.fireChannelRead(accepted);
            }
        });
        // The handler is in place once its loop has been told.
        channel.eventLoop().submit(() -> {}).get(5, TimeUnit.SECONDS);
        return TestListener.port(channel);
    }

    @AfterAll
    static void stop() {
        if (reactor != null) {
            reactor.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        LeakWatch.end();
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        settled(front);
        try (RawClient other = RawClient.connected(port, RawClient.MODERN)) {
            assertThat(other.run("SELECT 'others are fine'")).anyMatch(packet -> packet.contains("others are fine"));
        }
        settled(front);
        assertThat(reactor.sessions()).isZero();
        CLIENTS.clear();
    }

    private static Server server(TestFront service) {
        Server server = service.server("server1");
        if (server == null) {
            throw new IllegalStateException("no server1");
        }
        return server;
    }

    /** Waits until no session, server connection, operation and client's channel is left. */
    static void settled(TestFront service) {
        await(() -> service.service().sessions() == 0
                && server(service).connections() == 0
                && server(service).operations() == 0);
        await(() -> CLIENTS.stream().noneMatch(Channel::isOpen));
        assertThat(service.service().sessions()).isZero();
        assertThat(server(service).connections()).isZero();
        assertThat(server(service).operations()).isZero();
        assertThat(CLIENTS).noneMatch(Channel::isOpen);
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    static void expectErrorAndEnd(RawClient client, int code) throws IOException {
        byte[] answer = client.payload();
        assertThat(RawClient.first(answer)).isEqualTo(ErrPacket.HEADER);
        ErrPacket error = ErrPacket.decode(answer);
        assertThat(error.code()).as(error.message()).isEqualTo(code);
        assertThat(client.closed()).isTrue();
    }
}
