package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.account.Account;
import org.penstock.auth.nativepassword.NativePasswordAuthenticator;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.LoginRules;
import org.penstock.core.login.ProxyNetworks;
import org.penstock.core.server.ProxyHeaderVersion;
import org.penstock.protocol.mariadb.MariaDbProtocol;
import org.penstock.wire.NativePassword;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.proxy.ProxyHeader;

/** The address of a client on its way through proxies: told to a real server, believed from listed peers only. */
class ProxyProtocolTest extends ProxyFixture {
    private static final String HOST =
            "SELECT concat('[', host, ']') FROM information_schema.processlist" + " WHERE id = connection_id()";

    private static TestFront telling;
    private static int believing;

    @BeforeAll
    static void servers() throws Exception {
        cluster.primary().execute("SET GLOBAL proxy_protocol_networks = '127.0.0.0/8,::1'");
        telling = new TestFront(cluster.primary().port()).configure(Tuned.header(ProxyHeaderVersion.V1));
        believing = listen(telling, 5000, believe("127.0.0.0/8"), "127.0.0.1");
    }

    private static LoginPolicy believe(String... networks) {
        return LoginPolicy.ANY.believing(ProxyNetworks.of(List.of(networks)));
    }

    private static ProxyHeader header(String source, int port) throws IOException {
        return ProxyHeader.of(
                new InetSocketAddress(InetAddress.getByName(source), port),
                new InetSocketAddress(InetAddress.getByName(source.contains(":") ? "::1" : "127.0.0.1"), 3306));
    }

    /** What the server takes for the client's address and port. */
    private static String host(RawClient client) throws IOException {
        return client.run(HOST).stream()
                .filter(packet -> packet.matches(".*:.\\[.*\\]$"))
                .map(packet -> packet.replaceAll(".*\\[(.*)\\]$", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private static String address(RawClient client) {
        return "127.0.0.1:" + client.socket().getLocalPort();
    }

    @ParameterizedTest
    @EnumSource(
            value = ProxyHeaderVersion.class,
            names = {"V1", "V2"})
    void shouldTellTheServerWhereTheClientIs(ProxyHeaderVersion version) throws Exception {
        TestFront plain = new TestFront(cluster.primary().port()).configure(Tuned.header(version));
        try (RawClient client = RawClient.connected(listen(plain, 5000), RawClient.MODERN)) {
            assertThat(host(client)).isEqualTo(address(client));
        }
        settled(plain);
    }

    @Test
    void shouldTellNothingUnlessConfigured() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            assertThat(host(client)).isNotEqualTo(address(client)).startsWith("127.0.0.1:");
        }
    }

    @Test
    void shouldBelieveAListedPeerAndPassItOn() throws Exception {
        for (ProxyHeader header : List.of(header("192.0.2.77", 5555), header("2001:db8::77", 5556))) {
            for (byte[] bytes : List.of(header.version1(), header.version2())) {
                try (RawClient client = new RawClient(believing)) {
                    client.bytes(bytes);
                    client.loggedIn();
                    InetSocketAddress source = header.source();
                    assertThat(source).isNotNull();
                    String text = Addresses.of(source);
                    assertThat(telling.askedFrom).last().isEqualTo(text);
                    assertThat(host(client)).endsWith(":" + source.getPort()).doesNotContain("127.0.0.1");
                    assertThat(sessionAddress()).isEqualTo(text);
                }
                settled(telling);
            }
        }
    }

    private static String sessionAddress() throws Exception {
        java.util.concurrent.LinkedBlockingQueue<String> seen = new java.util.concurrent.LinkedBlockingQueue<>();
        reactor.loops().onEach(loop -> loop.sessions()
                .forEach(session -> seen.add(session.machine().state().clientAddress())));
        return seen.poll(5, TimeUnit.SECONDS);
    }

    /** Whoever guesses passwords behind a balancer locks out neither the balancer nor its other clients. */
    @Test
    void shouldBlockTheClientAndNotTheBalancer() throws Exception {
        MethodRules rules = new MethodRules()
                .account(
                        "app",
                        new Account.Method(
                                "mysql_native_password",
                                NativePassword.format(NativePassword.stage2("app".getBytes(StandardCharsets.UTF_8)))));
        telling.rules(rules);
        try {
            rules.blocked.add("127.0.0.1");
            try (RawClient client = new RawClient(believing)) {
                client.bytes(header("192.0.2.80", 1).version2());
                client.loggedIn();
            }
            rules.blocked.clear();
            rules.blocked.add("192.0.2.81");
            for (String source : List.of("192.0.2.81", "192.0.2.82")) {
                try (RawClient client = new RawClient(believing)) {
                    client.bytes(header(source, 1).version2());
                    client.greeting();
                    client.send(1, client.login(RawClient.MODERN, "app"));
                    assertThat(RawClient.first(client.payload()))
                            .isEqualTo(source.endsWith("81") ? ErrPacket.HEADER : 0);
                }
            }
            rules.blocked.add("127.0.0.1");
            try (RawClient plain = new RawClient(believing)) {
                plain.greeting();
                plain.send(1, plain.login(RawClient.MODERN, "app"));
                expectErrorAndEnd(plain, 1129);
            }
        } finally {
            telling.rules((LoginRules) null);
        }
        settled(telling);
    }

    @Test
    void shouldReadAHeaderByteByByte() throws Exception {
        try (RawClient client = new RawClient(believing)) {
            client.greeting();
            byte[] login = client.login(RawClient.MODERN, "app");
            for (byte each : header("192.0.2.78", 1).version2()) {
                client.bytes(new byte[] {each});
            }
            client.send(1, login);
            assertThat(client.loginAnswer("app")[0]).isZero();
            assertThat(telling.askedFrom).last().isEqualTo("192.0.2.78");
        }
        settled(telling);
    }

    @Test
    void shouldTakeAListedPeerWithoutAHeaderAndOneThatSpeaksForItself() throws Exception {
        try (RawClient plain = RawClient.connected(believing, RawClient.MODERN)) {
            assertThat(host(plain)).isEqualTo(address(plain));
        }
        for (byte[] local : List.of(ProxyHeader.LOCAL.version1(), ProxyHeader.LOCAL.version2())) {
            try (RawClient check = new RawClient(believing)) {
                check.bytes(local);
                check.loggedIn();
                assertThat(host(check)).isEqualTo(address(check));
                assertThat(telling.askedFrom).last().isEqualTo("127.0.0.1");
            }
        }
        settled(telling);
    }

    @Test
    void shouldTellTheFirstClientThroughTwoProxies() throws Exception {
        TestFront outer = new TestFront(believing).configure(Tuned.header(ProxyHeaderVersion.V2));
        try (RawClient client = RawClient.connected(listen(outer, 5000), RawClient.MODERN)) {
            assertThat(host(client)).isEqualTo(address(client));
        }
        settled(outer);
        settled(telling);
    }

    /** The error with which a connection ends that begins so. */
    private static String refusal(int where, byte[] first) throws IOException {
        try (RawClient client = new RawClient(where)) {
            client.greeting();
            client.bytes(first);
            ErrPacket error = ErrPacket.decode(client.payload());
            assertThat(client.closed()).isTrue();
            return error.code() + " " + error.message();
        }
    }

    @Test
    void shouldRefuseAHeaderFromAPeerThatIsNotListed() throws Exception {
        int strict = listen(front, 5000, believe("192.0.2.0/24", "localhost"), "127.0.0.1");
        int before = front.askedFrom.size();
        byte[] header = header("192.0.2.1", 1).version1();
        cluster.primary().execute("SET GLOBAL proxy_protocol_networks = '192.0.2.0/24'");
        try {
            assertThat(refusal(strict, header))
                    .startsWith("1130 ")
                    .isEqualTo(refusal(cluster.primary().port(), header));
        } finally {
            cluster.primary().execute("SET GLOBAL proxy_protocol_networks = '127.0.0.0/8,::1'");
        }
        assertThat(front.askedFrom).hasSize(before);
        try (RawClient plain = RawClient.connected(strict, RawClient.MODERN)) {
            assertThat(plain.run("SELECT 1")).isNotEmpty();
        }
    }

    @Test
    void shouldRefuseAHeaderWhereNoneIsBelieved() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            client.bytes(header("192.0.2.1", 1).version1());
            assertThat(ErrPacket.decode(client.payload()).code()).isEqualTo(1043);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n", "PROXY TCP4 nonsense\r\n", "PROXY UNKNOWN \r\r"})
    void shouldRefuseABadHeader(String bad) throws Exception {
        byte[] header = bad.getBytes(StandardCharsets.US_ASCII);
        assertThat(refusal(believing, header)).isEqualTo("1105 Failed to parse proxy header");
        if (bad.endsWith("\n")) {
            // without, the server waits for the end of the line
            assertThat(refusal(cluster.primary().port(), header)).isEqualTo("1105 Failed to parse proxy header");
        }
    }

    @Test
    void shouldNotWaitForTheRestOfAHeaderLongerThanForALogin() throws Exception {
        int hasty = listen(front, 300, believe("*"), "127.0.0.1");
        try (RawClient client = new RawClient(hasty)) {
            client.greeting();
            client.bytes("PROXY TCP4 192".getBytes(StandardCharsets.US_ASCII));
            expectErrorAndEnd(client, 1159);
        }
    }

    @Test
    void shouldTellTheServerOfAServiceConnectionThatItIsPenstocksOwn() throws Exception {
        for (ProxyHeaderVersion version : List.of(ProxyHeaderVersion.V1, ProxyHeaderVersion.V2)) {
            TestFront own = new TestFront(cluster.primary().port()).configure(Tuned.header(version));
            var opened = new NettyServiceConnector(
                            reactor, name -> new MariaDbProtocol(), plugin -> new NativePasswordAuthenticator())
                    .connect(own.server(), "app", "app", Duration.ofSeconds(5), Duration.ofSeconds(5))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(opened).isNotNull();
            opened.close();
        }
    }

    @Test
    void shouldTellTheServerForWhomAKillIs() throws Exception {
        try (Relay relay = new Relay(cluster.primary().port())) {
            TestFront told = new TestFront(relay.port()).configure(Tuned.header(ProxyHeaderVersion.V1));
            int at = listen(told, 5000);
            try (RawClient victim = RawClient.connected(at, RawClient.MODERN);
                    RawClient killer = RawClient.connected(at, RawClient.MODERN)) {
                victim.run("SELECT 1");
                killer.run("SELECT 1");
                killer.run("KILL USER 'app'@'%'");
                assertThat(victim.closed()).isTrue();
                assertThat(relay.heads()).hasSizeGreaterThanOrEqualTo(3);
                String port = Integer.toString(killer.socket().getLocalPort());
                assertThat(relay.heads().get(2)).startsWith("PROXY TCP4 127.0.0.1 127.0.0.1 " + port + " ");
            }
            settled(told);
        }
    }

    @Test
    void shouldKeepPooledConnectionsApartByTheClientThatTheServerWasToldOf() throws Exception {
        telling.configure(Tuned.pool(10, Duration.ofMinutes(1)));
        try {
            for (int i = 0; i < 6; i++) {
                String source = "192.0.2." + (100 + i % 2);
                try (RawClient client = new RawClient(believing)) {
                    client.bytes(header(source, 7000 + i).version1());
                    client.loggedIn();
                    assertThat(host(client)).startsWith(source + ":");
                }
                settled(telling);
            }
        } finally {
            telling.configure(Tuned.pool(0, Duration.ZERO));
        }
    }
}
