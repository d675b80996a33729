package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.auth.nativepassword.NativePasswordAuthenticator;
import org.penstock.core.net.tls.TlsRoom;
import org.penstock.core.server.ServerSettings;
import org.penstock.protocol.mariadb.MariaDbProtocol;

/** Ways to a server: names with several addresses, names that move, source addresses, IPv6, unix sockets, and servers that do not answer. */
class DialTest extends ProxyFixture {
    private static final long TIMEOUT = 5000;

    @TempDir
    Path directory;

    private static final Map<Dial, EventLoop> LOOPS = new ConcurrentHashMap<>();

    private final Queue<ServerSettings> openedWith = new ConcurrentLinkedQueue<>();
    private final CountDownLatch nameServer = new CountDownLatch(1);
    private volatile boolean nameServerHangs;
    private final Queue<String> lookedUp = new ConcurrentLinkedQueue<>();
    private volatile List<String> names = List.of("127.0.0.1");
    private Dialer dialer;
    private TestFront target;

    @BeforeEach
    void dialer() {
        dialer = new Dialer(Transport.choose(), new TlsRoom(), name -> {
            lookedUp.add(name);
            awaitNameServer();
            List<InetAddress> found = new ArrayList<>();
            for (String text : names) {
                found.add(InetAddress.getByName(text));
            }
            return found.toArray(new InetAddress[0]);
        });
        target = new TestFront(cluster.primary().port()).configure(Tuned.address("db.example"));
    }

    private void awaitNameServer() {
        try {
            if (nameServerHangs) {
                nameServer.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        nameServer.countDown();
        dialer.close();
    }

    /** What became of a dial: a channel or an error. */
    private CompletableFuture<Channel> dial(long timeout) {
        CompletableFuture<Channel> outcome = new CompletableFuture<>();
        dial(timeout, outcome, () -> {});
        return outcome;
    }

    private Dial dial(long timeout, CompletableFuture<Channel> outcome, Runnable installed) {
        NativePasswordAuthenticator proofs = new NativePasswordAuthenticator();
        ServerAuthRequest proof = new ServerAuthRequest("app", Secret.clear("app"), "", false, null);
        ServerLoginRequest request = new ServerLoginRequest(
                "app", "demo", 45, RawClient.MODERN, 1 << 24, new byte[0], false, plugin -> proofs.server(proof));
        EventLoop loop = reactor.loops().next().loop();
        Dial dial = dialer.dial(
                loop,
                target.server(),
                settings -> {
                    openedWith.add(settings);
                    return new MariaDbProtocol().serverLogin(request);
                },
                timeout,
                new ServerLoginHandler.Outcome() {
                    @Override
                    public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
                        return new ChannelInboundHandlerAdapter();
                    }

                    @Override
                    public void installed(ServerLoginStep.Ready ready, Channel channel) {
                        installed.run();
                        outcome.complete(channel);
                    }

                    @Override
                    public void failed(SqlError error) {
                        outcome.completeExceptionally(new IOException(error.toString()));
                    }
                });
        LOOPS.put(dial, loop);
        return dial;
    }

    private Channel connected() throws Exception {
        return dial(TIMEOUT).get(10, TimeUnit.SECONDS);
    }

    private String failure(long timeout) {
        return dial(timeout)
                .handle((channel, problem) -> String.valueOf(problem))
                .join();
    }

    private static void hangUp(Channel channel) {
        channel.close().syncUninterruptibly();
    }

    @Test
    void shouldTryAllAddressesOfAName() throws Exception {
        names = List.of("127.0.0.2", "::1", "127.0.0.1");
        hangUp(connected());
        assertThat(lookedUp).containsExactly("db.example");
    }

    @Test
    void shouldNameTheServerAndTheLastReasonWhenNoneAnswers() {
        names = List.of("127.0.0.2");
        assertThat(failure(TIMEOUT)).contains("2003", "server1", "db.example", "refused");
        names = List.of();
        assertThat(failure(TIMEOUT)).contains("2003", "db.example", "cannot be looked up");
        names = List.of("127.0.0.1");
        assertThat(dial(TIMEOUT)).succeedsWithin(10, TimeUnit.SECONDS).satisfies(DialTest::hangUp);
    }

    @Test
    void shouldLookANameUpAgainAtOnceWhenItsAddressIsOfNoUse() throws Exception {
        Channel first = listener("127.0.0.3", 0);
        int at = TestListener.port(first);
        target = new TestFront(at).configure(Tuned.address("db.example"));
        names = List.of("127.0.0.3");
        hangUp(connected());
        first.close().syncUninterruptibly();
        Channel second = listener("127.0.0.4", at);
        names = List.of("127.0.0.4");
        hangUp(connected());
        assertThat(lookedUp).hasSize(2);
        second.close().syncUninterruptibly();
    }

    private static Channel listener(String address, int at) throws Exception {
        return TestListener.of(reactor, front).at(address, at).open();
    }

    @Test
    void shouldComeFromTheLocalAddress() throws Exception {
        dialer.localAddress(InetAddress.getByName("127.0.0.9"));
        Channel channel = connected();
        assertThat(cluster.primary()
                        .execute("SELECT substring_index(host, ':', 1) FROM information_schema.processlist"
                                + " WHERE user = 'app' AND db = 'demo'"))
                .isEqualTo("127.0.0.9");
        hangUp(channel);
    }

    @Test
    void shouldReachAServerOnAUnixSocket() throws Exception {
        target.configure(Tuned.socket(cluster.primary().socket().toString()));
        Channel channel = connected();
        assertThat(cluster.primary()
                        .execute("SELECT host FROM information_schema.processlist WHERE user = 'app' AND db = 'demo'"))
                .isEqualTo("localhost");
        hangUp(channel);
        target.configure(Tuned.socket(directory.resolve("nobody").toString()));
        assertThat(failure(TIMEOUT)).contains("2003", "nobody");
    }

    @Test
    void shouldServeClientsOnAUnixSocket() throws Exception {
        Path socket = directory.resolve("s");
        Channel channel = TestListener.of(reactor, front).openUnix(socket.toString());
        Process client = new ProcessBuilder(
                        cluster.installation().client().toString(),
                        "--no-defaults",
                        "--skip-ssl",
                        "--user=app",
                        "--password=app",
                        "--socket=" + socket,
                        "--batch",
                        "--skip-column-names",
                        "-e",
                        "SELECT 'through', user()")
                .redirectErrorStream(true)
                .start();
        String said = new String(client.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(said).contains("through\tapp@");
        assertThat(client.waitFor()).isZero();
        assertThat(front.askedFrom).last().isEqualTo("localhost");
        channel.close().syncUninterruptibly();
    }

    @Test
    void shouldSpeakIpv6OnBothSides() throws Exception {
        Channel inner = listener("::1", 0);
        target = new TestFront(TestListener.port(inner)).configure(Tuned.address("::1"));
        Channel outer = TestListener.of(reactor, target).at("::1", 0).open();
        try (RawClient client = new RawClient("::1", TestListener.port(outer)).loggedIn()) {
            assertThat(client.run("SELECT 'six'")).anyMatch(packet -> packet.contains("six"));
            assertThat(target.askedFrom).last().isEqualTo("0:0:0:0:0:0:0:1");
        }
        settled(target);
        inner.close().syncUninterruptibly();
        outer.close().syncUninterruptibly();
    }

    @Test
    void shouldNotKnockHarderThanConfiguredAtAServerThatDoesNotAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"))) {
            target = new TestFront(silent.getLocalPort()).configure(Tuned.connects(3, 0));
            List<CompletableFuture<Channel>> dials = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                dials.add(dial(1500));
            }
            List<Socket> accepted = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                accepted.add(silent.accept());
            }
            silent.setSoTimeout(300);
            try {
                accepted.add(silent.accept());
            } catch (java.net.SocketTimeoutException e) {
                // as it should be
            }
            assertThat(accepted).hasSize(3);
            assertThat(target.server().gate().inFlight()).isEqualTo(3);
            List<String> reasons = new ArrayList<>();
            for (CompletableFuture<Channel> dial : dials) {
                reasons.add(dial.handle((channel, problem) -> String.valueOf(problem.getMessage()))
                        .get(10, TimeUnit.SECONDS));
            }
            assertThat(reasons.stream().filter(reason -> reason.contains("did not answer")))
                    .hasSizeGreaterThanOrEqualTo(3);
            assertThat(reasons.stream().filter(reason -> reason.contains("max_connects_in_flight is 3")))
                    .isNotEmpty()
                    .allMatch(reason -> reason.contains("1040"));
            for (Socket socket : accepted) {
                socket.close();
            }
        }
        await(() -> target.server().gate().inFlight() == 0);
        assertThat(target.server().gate().inFlight()).isZero();
        assertThat(target.server().gate().waiting()).isZero();
    }

    @Test
    void shouldNotWaitForANameLongerThanForTheConnection() throws Exception {
        nameServerHangs = true;
        CompletableFuture<Channel> waiting = dial(300);
        assertThat(waiting.handle((channel, problem) -> String.valueOf(problem)).get(10, TimeUnit.SECONDS))
                .contains("2003", "db.example", "not looked up within 300 ms");
        assertThat(target.server().gate().inFlight()).isZero();
        nameServer.countDown();
        assertThat(dial(TIMEOUT)).succeedsWithin(10, TimeUnit.SECONDS).satisfies(DialTest::hangUp);
    }

    @Test
    void shouldUseTheSettingsOfItsTurn() throws Exception {
        try (Relay relay = new Relay(cluster.primary().port())) {
            relay.hold();
            target = new TestFront(relay.port()).configure(Tuned.connects(1, 0));
            CompletableFuture<Channel> first = dial(TIMEOUT);
            CompletableFuture<Channel> second = dial(TIMEOUT);
            await(() -> target.server().gate().waiting() == 1);
            String socket = cluster.primary().socket().toString();
            target.configure(Tuned.socket(socket));
            relay.release();
            hangUp(first.get(10, TimeUnit.SECONDS));
            hangUp(second.get(10, TimeUnit.SECONDS));
            assertThat(openedWith).extracting(ServerSettings::socket).containsExactly("", socket);
            assertThat(relay.accepted()).isEqualTo(1);
        }
    }

    @Test
    void shouldLetGoOfWhatIsCancelledWhereverItStands() throws Exception {
        try (Relay relay = new Relay(cluster.primary().port())) {
            relay.hold();
            target = new TestFront(relay.port()).configure(Tuned.connects(1, 0));
            CompletableFuture<Channel> outcome = new CompletableFuture<>();
            Dial login = dial(60_000, outcome, () -> {});
            await(() -> relay.accepted() == 1);
            CompletableFuture<Channel> queued = new CompletableFuture<>();
            Dial waiting = dial(60_000, queued, () -> {});
            await(() -> target.server().gate().waiting() == 1);
            cancelled(waiting, queued);
            assertThat(target.server().gate().inFlight()).isEqualTo(1);
            cancelled(login, outcome);
            assertThat(target.server().gate().inFlight()).isZero();
            nameServerHangs = true;
            target.configure(Tuned.address("db2.example"));
            CompletableFuture<Channel> nameless = new CompletableFuture<>();
            Dial asking = dial(60_000, nameless, () -> {});
            await(() -> lookedUp.contains("db2.example"));
            cancelled(asking, nameless);
            assertThat(target.server().gate().inFlight()).isZero();
            assertThat(target.server().gate().waiting()).isZero();
        }
    }

    private static void cancelled(Dial dial, CompletableFuture<Channel> outcome) {
        LOOPS.get(dial).execute(dial::cancel);
        assertThat(outcome).failsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldFailWhenWhatFollowsTheLoginThrows() throws Exception {
        CompletableFuture<Channel> outcome = new CompletableFuture<>();
        dial(TIMEOUT, outcome, () -> {
            throw new IllegalStateException("no session");
        });
        assertThat(outcome)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("internal error");
        assertThat(target.server().gate().inFlight()).isZero();
    }

    @Test
    void shouldAskPeersThatAreSilentWhetherTheyLive() throws Exception {
        Channel channel = connected();
        if (Transport.choose() == Transport.EPOLL) {
            assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPIDLE))
                    .isEqualTo(Keepalive.IDLE_SECONDS);
            assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPCNT))
                    .isEqualTo(Keepalive.PROBES);
        }
        assertThat(channel.config().getOption(io.netty.channel.ChannelOption.SO_KEEPALIVE))
                .isTrue();
        hangUp(channel);
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            assertThat(client.run("SELECT 1")).isNotEmpty();
            assertThat(CLIENTS).isNotEmpty().allSatisfy(each -> assertThat(
                            each.config().getOption(io.netty.channel.ChannelOption.SO_KEEPALIVE))
                    .isTrue());
        }
    }
}
