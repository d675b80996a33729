package org.penstock.protocol.mariadb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.protocol.mariadb.Peers.CLIENT;
import static org.penstock.protocol.mariadb.Peers.MARIADB;
import static org.penstock.protocol.mariadb.Peers.MYSQL;
import static org.penstock.protocol.mariadb.Peers.NATIVE;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.wire.Capabilities;
import org.penstock.wire.packet.AuthMoreData;
import org.penstock.wire.packet.AuthSwitchRequest;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.HandshakeResponse41;
import org.penstock.wire.packet.HandshakeV10;
import org.penstock.wire.packet.OkPacket;
import org.penstock.wire.packet.SslRequest;

class NewServerLoginTest {
    private static final byte[] OK = OkPacket.of(0, 0, 2, 0).encode(CLIENT);

    @Test
    void shouldAnswerGreetingAndBecomeReady() {
        ServerLogin login = login(false, "shop", NATIVE);
        assertThat(login.begin()).isSameAs(ServerLoginStep.AWAIT);
        HandshakeResponse41 response = response(login, Peers.serverGreeting(MARIADB, NATIVE));
        assertThat(response.user()).isEqualTo("app");
        assertThat(response.database()).isEqualTo("shop");
        assertThat(response.plugin()).isEqualTo(NATIVE);
        assertThat(new String(response.authData(), US_ASCII)).isEqualTo("m" + new String(Peers.SEED, US_ASCII));
        assertThat(response.attributes()).isEqualTo(Peers.ATTRIBUTES);
        assertThat(response.capabilities()).isEqualTo(CLIENT);
        assertThat(login.onPacket(new Bytes(OK))).isInstanceOfSatisfying(ServerLoginStep.Ready.class, ready -> {
            assertThat(ready.greeting().connectionId()).isEqualTo(42);
            assertThat(ready.capabilities()).isEqualTo(CLIENT);
            assertThat(ready.status()).isEqualTo(2);
        });
    }

    @Test
    void shouldConnectWithoutDatabaseWhenThereIsNone() {
        HandshakeResponse41 response = response(login(false, null, NATIVE), Peers.serverGreeting(MARIADB, NATIVE));
        assertThat(response.capabilities() & Capabilities.CONNECT_WITH_DB).isZero();
        assertThat(response.database()).isNull();
    }

    @Test
    void shouldSendNoAttributesWhenServerDoesNotTakeThem() {
        HandshakeResponse41 response = response(
                login(false, null, NATIVE), Peers.serverGreeting(MARIADB & ~Capabilities.CONNECT_ATTRS, NATIVE));
        assertThat(response.capabilities() & Capabilities.CONNECT_ATTRS).isZero();
        assertThat(response.attributes()).isEmpty();
    }

    @Test
    void shouldHaveNoExtendedFlagsTowardsMysql() {
        HandshakeResponse41 response = response(login(false, null, NATIVE), Peers.serverGreeting(MYSQL, NATIVE));
        assertThat(response.capabilities() >>> 32).isZero();
        assertThat(response.capabilities() & Capabilities.MYSQL).isNotZero();
    }

    @Test
    void shouldFailWithErrorThatServerSendsInPlaceOfGreeting() {
        byte[] tooMany = {(byte) 0xFF, 0x10, 0x04, 'T', 'o', 'o', ' ', 'm', 'a', 'n', 'y'};
        SqlError error = failure(login(false, null, NATIVE).onPacket(new Bytes(tooMany)));
        assertThat(error).isEqualTo(new SqlError(1040, "08004", "Too many"));
        byte[] host = new ErrPacket(1130, "HY000", "Host is not allowed").encode(CLIENT);
        assertThat(failure(login(false, null, NATIVE).onPacket(new Bytes(host))).code())
                .isEqualTo(1130);
        assertThat(failure(login(false, null, NATIVE).onPacket(Bytes.of(0xFF, 0, 0)))
                        .code())
                .isEqualTo(1105);
    }

    @Test
    void shouldFailWithErrorThatServerSendsAfterResponse() {
        ServerLogin login = login(false, null, NATIVE);
        response(login, Peers.serverGreeting(MARIADB, NATIVE));
        byte[] denied = ErrPacket.of(1045, "Access denied").encode(CLIENT);
        assertThat(failure(login.onPacket(new Bytes(denied)))).isEqualTo(new SqlError(1045, "28000", "Access denied"));
    }

    @Test
    void shouldSwitchPlugin() {
        ServerLogin login = login(false, null, NATIVE, "other_plugin");
        response(login, Peers.serverGreeting(MARIADB, NATIVE));
        byte[] seed = "abcdefghijklmnopqrst".getBytes(US_ASCII);
        byte[] request = AuthSwitchRequest.ofSeed("other_plugin", seed).encode();
        byte[] proof = ((ServerLoginStep.Send) login.onPacket(new Bytes(request))).payload();
        assertThat(new String(proof, US_ASCII)).isEqualTo("oabcdefghijklmnopqrst");
        byte[] more = new AuthMoreData(new byte[] {7, 8}).encode();
        assertThat(((ServerLoginStep.Send) login.onPacket(new Bytes(more))).payload())
                .containsExactly(7, 8);
        byte[] silent = new AuthMoreData(new byte[] {3}).encode();
        assertThat(login.onPacket(new Bytes(silent))).isSameAs(ServerLoginStep.AWAIT);
        assertThat(login.onPacket(new Bytes(OK))).isInstanceOf(ServerLoginStep.Ready.class);
    }

    @Test
    void shouldLeaveLoopForPluginThatBlocks() throws Exception {
        ServerLogin login = login(false, null, NATIVE, "slow");
        assertThat(response(login, Peers.serverGreeting(MARIADB, "slow")).plugin())
                .isEqualTo(NATIVE);
        byte[] request = new AuthSwitchRequest("slow", new byte[] {5, 6, 7}).encode();
        assertThat(background(login.onPacket(new Bytes(request)))).containsExactly('s', 5, 6, 7);
        assertThat(background(login.onPacket(Bytes.of(7, 8)))).containsExactly(7, 8);
        assertThat(login.onPacket(new Bytes(OK))).isInstanceOf(ServerLoginStep.Ready.class);
    }

    private static byte[] background(ServerLoginStep step) throws Exception {
        ServerLoginStep next = ((ServerLoginStep.InBackground) step).task().call();
        return ((ServerLoginStep.Send) next).payload();
    }

    @Test
    void shouldProveNothingThenNamePluginThatIsNotAtHand() {
        ServerLogin login = login(false, null, NATIVE);
        response(login, Peers.serverGreeting(MARIADB, NATIVE));
        byte[] request = AuthSwitchRequest.ofSeed("client_ed25519", Peers.SEED).encode();
        assertThat(((ServerLoginStep.Send) login.onPacket(new Bytes(request))).payload())
                .isEmpty();
        byte[] denied = new ErrPacket(1045, "28000", "Access denied").encode(MARIADB);
        SqlError error = failure(login.onPacket(new Bytes(denied)));
        assertThat(error.code()).isEqualTo(1251);
        assertThat(error.message()).contains("client_ed25519");
    }

    @Test
    void shouldBeginWithNativePasswordWhenDefaultPluginIsNotAtHand() {
        HandshakeResponse41 response =
                response(login(false, null, NATIVE), Peers.serverGreeting(MYSQL, "caching_sha2_password"));
        assertThat(response.plugin()).isEqualTo(NATIVE);
        assertThat(response.authData()).startsWith('m');
    }

    @Test
    void shouldGiveUpOnServerThatKeepsSwitching() {
        ServerLogin login = login(false, null, NATIVE);
        response(login, Peers.serverGreeting(MARIADB, NATIVE));
        Bytes request = new Bytes(AuthSwitchRequest.ofSeed(NATIVE, Peers.SEED).encode());
        for (int i = 0; i < ServerAuthExchange.MAX_ROUNDS; i++) {
            assertThat(login.onPacket(request)).isInstanceOf(ServerLoginStep.Send.class);
        }
        assertThat(failure(login.onPacket(request)).code()).isEqualTo(1043);
    }

    @Test
    void shouldSwitchToTlsBeforeItSendsMore() {
        ServerLogin login = login(true, "shop", NATIVE);
        ServerLoginStep step = login.onPacket(new Bytes(Peers.serverGreeting(MARIADB, NATIVE)));
        byte[] request = ((ServerLoginStep.StartTls) step).request();
        assertThat(SslRequest.decode(request).capabilities()).isEqualTo(CLIENT | Capabilities.SSL);
        byte[] payload = ((ServerLoginStep.Send) login.onTls()).payload();
        assertThat(HandshakeResponse41.decode(payload).capabilities()).isEqualTo(CLIENT | Capabilities.SSL);
        assertThat(login.onTls()).isInstanceOf(ServerLoginStep.Failed.class);
    }

    @Test
    void shouldFailWhenTlsIsNeededAndNotOffered() {
        ServerLogin login = login(true, null, NATIVE);
        byte[] greeting = Peers.serverGreeting(MARIADB & ~Capabilities.SSL, NATIVE);
        assertThat(failure(login.onPacket(new Bytes(greeting))).code()).isEqualTo(2026);
    }

    @Test
    void shouldFailWhenServerSpeaksBetweenGreetingAndTls() {
        ServerLogin login = login(true, null, NATIVE);
        login.onPacket(new Bytes(Peers.serverGreeting(MARIADB, NATIVE)));
        assertThat(failure(login.onPacket(new Bytes(OK))).code()).isEqualTo(1043);
    }

    @Test
    void shouldFailOnGreetingTruncatedAtEveryOffset() {
        byte[] greeting = Peers.serverGreeting(MARIADB, NATIVE);
        int plugin = greeting.length - NATIVE.length() - 1;
        for (int length = 0; length <= plugin; length++) {
            ServerLoginStep step = login(false, null, NATIVE).onPacket(new Bytes(Arrays.copyOf(greeting, length)));
            assertThat(failure(step).code()).isEqualTo(1043);
        }
    }

    @Test
    void shouldFailOnSeedOfAnotherLength() {
        byte[] greeting = new HandshakeV10("11", 1, new byte[30], MARIADB, 45, 2, NATIVE).encode();
        assertThat(failure(login(false, null, NATIVE).onPacket(new Bytes(greeting)))
                        .code())
                .isEqualTo(1043);
    }

    @Test
    void shouldGoOnWithAccountsNextMethodWhenThereIsNoProofForOne() {
        ServerLogin login = login(false, null, NATIVE);
        response(login, Peers.serverGreeting(MARIADB, NATIVE));
        login.onPacket(
                new Bytes(AuthSwitchRequest.ofSeed("client_ed25519", Peers.SEED).encode()));
        ServerLoginStep next = login.onPacket(
                new Bytes(AuthSwitchRequest.ofSeed(NATIVE, Peers.SEED).encode()));
        assertThat(((ServerLoginStep.Send) next).payload()).isNotEmpty();
        byte[] denied = new ErrPacket(1045, "28000", "Access denied").encode(MARIADB);
        assertThat(failure(login.onPacket(new Bytes(denied))).code()).isEqualTo(1045);
    }

    @Test
    void shouldFailOnEmptyPacket() {
        ServerLogin login = login(false, null, NATIVE);
        response(login, Peers.serverGreeting(MARIADB, NATIVE));
        assertThat(failure(login.onPacket(Bytes.of())).code()).isEqualTo(1043);
    }

    @Test
    void shouldSendUtf8WhenCollationNeedsTwoBytes() {
        ServerLoginRequest request = new ServerLoginRequest(
                "app", null, 2304, CLIENT, 1 << 24, new byte[0], false, Peers.authenticators(NATIVE));
        HandshakeResponse41 response = response(new NewServerLogin(request), Peers.serverGreeting(MARIADB, NATIVE));
        assertThat(response.charset()).isEqualTo(45);
    }

    private static ServerLogin login(boolean tls, String database, String... plugins) {
        return new MariaDbProtocol().serverLogin(Peers.serverRequest(tls, database, Peers.authenticators(plugins)));
    }

    private static HandshakeResponse41 response(ServerLogin login, byte[] greeting) {
        return HandshakeResponse41.decode(((ServerLoginStep.Send) login.onPacket(new Bytes(greeting))).payload());
    }

    private static SqlError failure(ServerLoginStep step) {
        return ((ServerLoginStep.Failed) step).error();
    }
}
