package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Payload;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.core.server.Server;
import org.penstock.protocol.mariadb.MariaDbProtocol;
import org.penstock.wire.NativePassword;
import org.penstock.wire.packet.AuthSwitchRequest;
import org.penstock.wire.packet.ComChangeUser;

/** Sessions that end while their client changes its user. */
class ChangeUserEndTest extends ProxyFixture {
    private Relay relay;
    private TestFront slow;
    private RawClient client;
    private long session;

    @BeforeEach
    void connect() throws Exception {
        relay = new Relay(cluster.primary().port());
        slow = new TestFront(relay.port());
        client = new RawClient(listen(slow, 5000));
        session = client.greeting().connectionId();
        client.send(1, client.login(RawClient.MODERN, "app"));
        assertThat(RawClient.first(client.payload())).isZero();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        settled(slow);
        relay.close();
    }

    /** Asks for a change whose proof is not looked at before a switch of the method. */
    private AuthSwitchRequest switched() throws Exception {
        client.send(0, new ComChangeUser("app", new byte[0], "demo", 45, "none", new byte[0]).encode(RawClient.MODERN));
        return AuthSwitchRequest.decode(client.payload());
    }

    private void kill() throws Exception {
        CompletableFuture<Void> killed = new CompletableFuture<>();
        reactor.onSession(session, victim -> {
            victim.handle(victim.machine()::killed);
            killed.complete(null);
        });
        killed.get(5, TimeUnit.SECONDS);
    }

    private void following() {
        await(() -> CLIENTS.stream().anyMatch(channel -> channel.pipeline().get("login") != null));
        await(() -> CLIENTS.stream().noneMatch(channel -> channel.config().isAutoRead()));
    }

    @Test
    void shouldNumberTheErrorBehindTheCommand() throws Exception {
        relay.hold();
        client.send(0, client.changeUser("app"));
        following();
        kill();
        expectErrorAndEnd(client, 1927);
        assertThat(client.sequence()).isEqualTo(1);
    }

    @Test
    void shouldNumberTheErrorBehindTheAnswerThatTheClientGave() throws Exception {
        AuthSwitchRequest asked = switched();
        relay.hold();
        byte[] seed = java.util.Arrays.copyOf(asked.data(), NativePassword.LENGTH);
        client.send(2, NativePassword.scramble(RawClient.bytes("app"), seed));
        following();
        kill();
        expectErrorAndEnd(client, 1927);
        assertThat(client.sequence()).isEqualTo(3);
    }

    @Test
    void shouldNumberTheErrorBehindTheAnswerThatTheClientIsYetToGive() throws Exception {
        switched();
        kill();
        expectErrorAndEnd(client, 1927);
        assertThat(client.sequence()).isEqualTo(3);
    }

    @Test
    void shouldEndAtOnceWhenTheClientHangsUp() throws Exception {
        relay.hold();
        client.send(0, client.changeUser("app"));
        following();
        client.reset();
        await(() -> slow.service().sessions() == 0);
        assertThat(slow.service().sessions()).isZero();
    }

    /** The dialect of MariaDB, whose next change of user at a server cannot begin. */
    private record Failing(Protocol dialect, AtomicBoolean fails) implements Protocol {
        @Override
        public Set<String> names() {
            return dialect.names();
        }

        @Override
        public ClientLogin clientLogin(ClientLoginRequest request) {
            return dialect.clientLogin(request);
        }

        @Override
        public ClientLogin changeUser(ClientLoginRequest request, Payload command) {
            return dialect.changeUser(request, command);
        }

        @Override
        public ServerLogin serverLogin(ServerLoginRequest request) {
            return dialect.serverLogin(request);
        }

        @Override
        public ServerLogin changeUser(ServerLoginRequest request, Greeting greeting) {
            if (fails.getAndSet(false)) {
                throw new ProtocolException(SqlError.general("no proof for this server"));
            }
            return dialect.changeUser(request, greeting);
        }
    }

    @Test
    void shouldKeepNoConnectionThatHasNotFollowed() throws Exception {
        client.close();
        Failing dialect = new Failing(new MariaDbProtocol(), new AtomicBoolean());
        AlternatingRouter both = new AlternatingRouter();
        both.first = List.of("server1", "server2");
        TestFront two = new TestFront(cluster.primary().port())
                .also("server2", cluster.primary().port())
                .router(both)
                .protocol(dialect);
        Server second = two.registry().find("server2");
        two.registry().modify(Tuned.pool(5, Duration.ofMinutes(1)).apply(second.settings()));
        try (RawClient changing = RawClient.connected(listen(two, 5000), RawClient.MODERN)) {
            dialect.fails().set(true);
            changing.send(0, changing.changeUser("app"));
            byte[] answer = changing.loginAnswer("app");
            assertThat(RawClient.first(answer)).isEqualTo(0xFF);
            assertThat(changing.closed()).isTrue();
        }
        settled(two);
        assertThat(dialect.fails()).as("one change was refused").isFalse();
        assertThat(second.pool().idle()).as("kept").isZero();
        assertThat(second.connections()).isZero();
    }

    @Test
    void shouldTellTheClientWhenItsServerIsLostMeanwhile() throws Exception {
        relay.hold();
        client.send(0, client.changeUser("app"));
        following();
        relay.close();
        expectErrorAndEnd(client, 2003);
        assertThat(client.sequence()).isEqualTo(1);
    }
}
