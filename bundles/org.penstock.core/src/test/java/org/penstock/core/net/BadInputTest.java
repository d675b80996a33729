package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.filter.FilterSession;
import org.penstock.core.server.Server;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ErrPacket;

/** Clients and servers that break the rules, over real sockets: each gets a clear error, and nobody else notices. */
class BadInputTest {
    private static final int MOST_PENDING = 600;
    private static final int HIGH_WATER = 64 * 1024;

    /** What Netty counts for entries of its queue beside their bytes. */
    private static final int OVERHEAD = 4096;

    private static final int LOGIN_TIMEOUT_MILLIS = 400;

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final Queue<Channel> CLIENTS = new ConcurrentLinkedQueue<>();

    private static EmbeddedCluster cluster;
    private static Reactor reactor;
    private static TestFront front;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + records));
        cluster = EmbeddedCluster.builder().replicas(0).start();
        reactor = new Reactor(Transport.choose(), 2, 2);
        front = new TestFront(cluster.primary().port());
        port = listen(front, 5000);
    }

    /** A listener in front of a service; the channels of its clients are kept. */
    private static int listen(TestFront service, long loginTimeout) throws Exception {
        Channel channel = new Acceptor(
                        reactor,
                        service,
                        new Acceptor.Settings(
                                "listener", "MySQLClient", loginTimeout, MOST_PENDING, HIGH_WATER, HIGH_WATER / 2))
                .bind("127.0.0.1", 0)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object accepted) {
                CLIENTS.add((Channel) accepted);
                context.fireChannelRead(accepted);
            }
        });
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @AfterAll
    static void stop() {
        if (reactor != null) {
            reactor.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        // Reports come when a buffer is made after its lost predecessor was collected.
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        while (System.nanoTime() - deadline < 0 && LEAKS.isEmpty()) {
            System.gc();
            ByteBuf probe = ByteBufAllocator.DEFAULT.directBuffer(16);
            probe.release();
        }
        ByteBufUtil.setLeakListener(null);
        assertThat(LEAKS).isEmpty();
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
    private static void settled(TestFront service) {
        await(() -> service.service().sessions() == 0
                && server(service).connections() == 0
                && server(service).operations() == 0);
        await(() -> CLIENTS.stream().noneMatch(Channel::isOpen));
        assertThat(service.service().sessions()).isZero();
        assertThat(server(service).connections()).isZero();
        assertThat(server(service).operations()).isZero();
        assertThat(CLIENTS).noneMatch(Channel::isOpen);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static void expectErrorAndEnd(RawClient client, int code) throws IOException {
        byte[] answer = client.payload();
        assertThat(RawClient.first(answer)).isEqualTo(ErrPacket.HEADER);
        ErrPacket error = ErrPacket.decode(answer);
        assertThat(error.code()).as(error.message()).isEqualTo(code);
        assertThat(client.closed()).isTrue();
    }

    // -- before the login

    @Test
    void shouldRefuseGarbageBeforeTheLogin() throws Exception {
        for (String garbage : new String[] {"GET / HTTP/1.1\r\nHost: here\r\n\r\n", "\0\0\0\1", "\1\0\0\1\0"}) {
            try (RawClient client = new RawClient(port)) {
                client.greeting();
                client.bytes(RawClient.bytes(garbage));
                assertThat(ErrPacket.decode(client.payload()).code()).isIn(1043, 1251);
                assertThat(client.closed()).isTrue();
            }
        }
    }

    @Test
    void shouldGiveTheErrorEvenWhenMuchMoreFollows() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            byte[] packet = PacketWriter.frame(1, new byte[300_000]);
            client.bytes(packet);
            expectErrorAndEnd(client, 1043);
        }
    }

    @Test
    void shouldRefuseAHugePacketBeforeTheLoginByItsHeaderAlone() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            client.bytes(new byte[] {-1, -1, -1, 1});
            expectErrorAndEnd(client, 1043);
        }
    }

    @Test
    void shouldRefuseAWrongSequenceNumberInTheLogin() throws Exception {
        for (int number : new int[] {0, 2, 255}) {
            try (RawClient client = new RawClient(port)) {
                client.greeting();
                client.send(number, client.login(RawClient.MODERN, "app"));
                expectErrorAndEnd(client, 1043);
            }
        }
    }

    @Test
    void shouldForgetAClientThatHangsUpInsideItsLogin() throws Exception {
        int length = 1;
        for (int cut = 0; cut < length; cut++) {
            try (RawClient client = new RawClient(port)) {
                client.greeting();
                byte[] framed = PacketWriter.frame(1, client.login(RawClient.MODERN, "app"));
                length = framed.length;
                client.bytes(Arrays.copyOf(framed, cut));
            }
        }
        assertThat(length).isGreaterThan(100);
    }

    @Test
    void shouldAnswerATruncatedLogin() throws Exception {
        int length = 1;
        int accepted = 0;
        for (int cut = 0; cut < length; cut++) {
            try (RawClient client = new RawClient(port)) {
                client.greeting();
                byte[] response = client.login(RawClient.MODERN, "app");
                length = response.length;
                client.send(1, Arrays.copyOf(response, cut));
                byte[] answer = client.payload();
                assertThat(RawClient.first(answer)).isIn(0x00, 0xFE, 0xFF);
                accepted += RawClient.first(answer) == 0 ? 1 : 0;
                if (RawClient.first(answer) == 0xFF) {
                    assertThat(ErrPacket.decode(answer).code()).isIn(1043, 1045);
                    assertThat(client.closed()).isTrue();
                }
            }
        }
        // the method and the attributes may be left out
        assertThat(accepted).isLessThan(length / 2);
    }

    @Test
    void shouldSendASilentClientAway() throws Exception {
        int impatient = listen(front, LOGIN_TIMEOUT_MILLIS);
        try (RawClient silent = new RawClient(impatient);
                RawClient slow = new RawClient(impatient)) {
            silent.greeting();
            slow.greeting();
            slow.bytes(new byte[] {50, 0, 0});
            expectErrorAndEnd(silent, 1159);
            expectErrorAndEnd(slow, 1159);
        }
    }

    @Test
    void shouldAnswerNothingBehindAFailedLogin() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            byte[] both = new PacketWriter()
                    .writeBytes(PacketWriter.frame(1, client.login(RawClient.MODERN, "wrong")))
                    .writeBytes(PacketWriter.frame(0, RawClient.query("SELECT 1")))
                    .toByteArray();
            client.bytes(both);
            expectErrorAndEnd(client, 1045);
        }
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            client.send(1, client.login(RawClient.MODERN, "wrong"));
            assertThat(ErrPacket.decode(client.payload()).code()).isEqualTo(1045);
            client.send(0, RawClient.query("SELECT 1"));
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void shouldServeACommandSentTogetherWithTheLogin() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            client.bytes(new PacketWriter()
                    .writeBytes(PacketWriter.frame(1, client.login(RawClient.MODERN, "app")))
                    .writeBytes(PacketWriter.frame(0, RawClient.query("SELECT 'early'")))
                    .toByteArray());
            assertThat(client.loginAnswer("app")[0]).isZero();
            assertThat(client.reply()).anyMatch(packet -> packet.contains("early"));
        }
    }

    // -- behind the login

    @Test
    void shouldEndTheSessionOfACommandWithoutBytes() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.bytes(new byte[4]);
            expectErrorAndEnd(client, 1835);
        }
    }

    @Test
    void shouldEndTheSessionOfAWrongSequenceNumber() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.send(3, RawClient.query("SELECT 1"));
            expectErrorAndEnd(client, 1156);
        }
    }

    @Test
    void shouldGiveTheErrorBehindTheRepliesBeforeIt() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.bytes(new PacketWriter()
                    .writeBytes(PacketWriter.frame(0, RawClient.query("SELECT 'first'")))
                    .writeBytes(PacketWriter.frame(9, RawClient.query("SELECT 'never'")))
                    .writeBytes(new byte[200_000])
                    .toByteArray());
            assertThat(client.reply()).anyMatch(packet -> packet.contains("first"));
            expectErrorAndEnd(client, 1156);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x1D, 0x50, 0xC8, 0xFF})
    void shouldPassTheServersRefusalOfAnUnknownCommand(int code) throws Exception {
        for (int at : new int[] {cluster.primary().port(), port}) {
            try (RawClient client = RawClient.connected(at, RawClient.MODERN)) {
                client.command(code, new byte[] {1, 2, 3});
                assertThat(ErrPacket.decode(client.payload()).code()).isEqualTo(1047);
                assertThat(client.run("SELECT 'in step'")).anyMatch(packet -> packet.contains("in step"));
            }
        }
    }

    @Test
    void shouldForgetAClientThatHangsUpInsideACommand() throws Exception {
        byte[] framed = PacketWriter.frame(0, RawClient.query("INSERT INTO items SELECT * FROM items WHERE 1 = 0"));
        for (int cut = 1; cut < framed.length; cut += 3) {
            try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
                client.bytes(Arrays.copyOf(framed, cut));
            }
        }
    }

    @Test
    void shouldRefuseACommandThatAFilterCannotSeeAsAWhole() throws Exception {
        TestFront filtered = new TestFront(cluster.primary().port());
        filtered.filter("whole", session -> new FilterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.complete(1000);
            }
        });
        try (RawClient client = RawClient.connected(listen(filtered, 5000), RawClient.MODERN)) {
            for (int size : new int[] {1001, 70_000, 0xFFFFFF, 20 << 20}) {
                List<String> refused = client.run("SELECT '" + "x".repeat(size) + "'");
                assertThat(refused).hasSize(1);
                assertThat(refused.get(0)).contains("#08S01");
                assertThat(client.run("SELECT 'goes on'")).anyMatch(packet -> packet.contains("goes on"));
            }
            client.command(CommandType.QUERY, RawClient.bytes("SELECT '" + "x".repeat(2000) + "'"));
            assertThat(ErrPacket.decode(client.payload()).code()).isEqualTo(1153);
        }
        settled(filtered);
    }

    // -- many

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

    // -- large results

    private static final int ROWS = 200_000;
    private static final String HUGE = "SELECT seq, repeat('r', 100) FROM seq_1_to_" + ROWS;

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
