package org.penstock.protocol.mariadb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.penstock.protocol.mariadb.Peers.CLIENT;
import static org.penstock.protocol.mariadb.Peers.MARIADB;
import static org.penstock.protocol.mariadb.Peers.MYSQL;
import static org.penstock.protocol.mariadb.Peers.NATIVE;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.LoginStep;
import org.penstock.wire.Capabilities;
import org.penstock.wire.packet.AuthSwitchRequest;
import org.penstock.wire.packet.HandshakeV10;
import org.penstock.wire.packet.SslRequest;

class NewClientLoginTest {
    @Test
    void shouldGreetWithWhatIsAnnounced() {
        HandshakeV10 greeting = greet(Peers.client(MARIADB, true));
        assertThat(greeting.version()).isEqualTo("11.4.5-MariaDB");
        assertThat(greeting.connectionId()).isEqualTo(7);
        assertThat(greeting.seed()).isEqualTo(Peers.SEED);
        assertThat(greeting.plugin()).isEqualTo(NATIVE);
        assertThat(greeting.capabilities()).isEqualTo(MARIADB);
    }

    @Test
    void shouldOfferTlsOnlyWhenListenerHasIt() {
        assertThat(greet(Peers.client(MARIADB, false)).capabilities() & Capabilities.SSL)
                .isZero();
        assertThat(greet(Peers.client(0, true)).capabilities())
                .isEqualTo(Capabilities.SSL
                        | Capabilities.PROTOCOL_41
                        | Capabilities.SECURE_CONNECTION
                        | Capabilities.PLUGIN_AUTH);
    }

    @Test
    void shouldNotOfferWhatIsNotSupported() {
        HandshakeV10 greeting = greet(Peers.client(-1L & ~Capabilities.MYSQL, true));
        assertThat(greeting.capabilities() & ~Capabilities.SUPPORTED).isZero();
        assertThat(greeting.capabilities() & Capabilities.ZSTD_COMPRESSION).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "10.11.4-MariaDB, 5.5.5-10.11.4-MariaDB",
        "5.5.5-10.11.4-MariaDB, 5.5.5-10.11.4-MariaDB",
        "11.4.5-MariaDB, 11.4.5-MariaDB",
        "8.0.36, 8.0.36",
        "5.7.44-log, 5.7.44-log",
    })
    void shouldPutPrefixBeforeVersionsOfMariaDb10(String version, String onWire) {
        Greeting greeting = new Greeting(version, 1, MARIADB, 45, 2, NATIVE, Peers.SEED.clone());
        assertThat(greet(new NewClientLogin(new ClientLoginRequest(greeting, MARIADB, false)))
                        .version())
                .isEqualTo(onWire);
    }

    @Test
    void shouldRefuseCharacterSetInWhichNoStatementCanBeWritten() {
        NewClientLogin login = Peers.client(MARIADB, false);
        login.begin();
        byte[] response = Peers.response(CLIENT);
        response[8] = 35;
        LoginStep step = login.onPacket(new Bytes(response));
        assertThat(((LoginStep.Reject) step).error().code()).isEqualTo(1231);
        assertThat(((LoginStep.Reject) step).error().message())
                .isEqualTo("Variable 'character_set_client' can't be set to the value of 'ucs2'");
    }

    @Test
    void shouldIdentifyClientByItsResponse() {
        LoginRequest request = identified(Peers.client(MARIADB, false), Peers.response(CLIENT));
        assertThat(request.user()).isEqualTo("app");
        assertThat(request.database()).isEqualTo("shop");
        assertThat(request.plugin()).isEqualTo(NATIVE);
        assertThat(request.authData()).hasSize(20);
        assertThat(request.charset()).isEqualTo(45);
        assertThat(request.maxPacket()).isEqualTo(1 << 24);
        assertThat(request.attributes()).isEqualTo(Peers.ATTRIBUTES);
        assertThat(request.capabilities()).isEqualTo(CLIENT);
    }

    @Test
    void shouldNegotiateNoMoreThanWasOffered() {
        long offered = MYSQL & ~Capabilities.DEPRECATE_EOF;
        LoginRequest request = identified(Peers.client(offered, false), Peers.response(CLIENT));
        assertThat(request.capabilities() & Capabilities.DEPRECATE_EOF).isZero();
        assertThat(request.capabilities() >>> 32).isZero();
    }

    @Test
    void shouldRememberThatAClientIsOfMysql() {
        LoginRequest request = identified(
                Peers.client(MARIADB, false),
                Peers.response((CLIENT & Capabilities.CLASSIC_MASK) | Capabilities.MYSQL));
        assertThat(request.capabilities() & Capabilities.MYSQL).isNotZero();
        assertThat(request.capabilities() >>> 32).isZero();
    }

    @Test
    void shouldTakeEmptyDatabaseForNone() {
        byte[] response = new org.penstock.wire.packet.HandshakeResponse41(
                        CLIENT, 1 << 24, 45, "app", new byte[0], "", NATIVE, new byte[0])
                .encode();
        assertThat(identified(Peers.client(MARIADB, false), response).database())
                .isNull();
    }

    @Test
    void shouldSwitchToTlsThenIdentify() {
        NewClientLogin login = Peers.client(MARIADB, true);
        login.begin();
        byte[] request = new SslRequest(CLIENT | Capabilities.SSL, 1 << 24, 45).encode();
        assertThat(login.onPacket(new Bytes(request))).isSameAs(LoginStep.START_TLS);
        LoginStep step = login.onPacket(new Bytes(Peers.response(CLIENT | Capabilities.SSL)));
        assertThat(step).isInstanceOf(LoginStep.Identified.class);
    }

    @Test
    void shouldRejectSecondTlsRequest() {
        NewClientLogin login = Peers.client(MARIADB, true);
        byte[] request = new SslRequest(CLIENT | Capabilities.SSL, 1 << 24, 45).encode();
        login.onPacket(new Bytes(request));
        assertRejected(login.onPacket(new Bytes(request)), 1043);
    }

    @Test
    void shouldRejectTlsRequestWhenNotOffered() {
        byte[] request = new SslRequest(CLIENT | Capabilities.SSL, 1 << 24, 45).encode();
        assertRejected(Peers.client(MARIADB, false).onPacket(new Bytes(request)), 1043);
    }

    @Test
    void shouldRejectResponseThatSpeaksOfTlsInClear() {
        assertRejected(
                Peers.client(MARIADB, true).onPacket(new Bytes(Peers.response(CLIENT | Capabilities.SSL))), 1043);
    }

    @Test
    void shouldRejectClientsFromBefore41() {
        assertRejected(
                Peers.client(MARIADB, false).onPacket(Bytes.of(0x85, 0xA4, 0, 0, 0, 'r', 'o', 'o', 't', 0)), 1251);
        byte[] old = Peers.response(CLIENT);
        old[1] &= 0x7F;
        assertRejected(Peers.client(MARIADB, false).onPacket(new Bytes(old)), 1251);
    }

    @Test
    void shouldRejectResponseTruncatedAtEveryOffset() {
        byte[] response = Peers.response(CLIENT);
        for (int length = 0; length < response.length; length++) {
            LoginStep step = Peers.client(MARIADB, true).onPacket(new Bytes(Arrays.copyOf(response, length)));
            boolean complete = length >= response.length - Peers.ATTRIBUTES.length - 1;
            if (!(complete && step instanceof LoginStep.Identified) && !endsBehindField(step)) {
                assertRejected(step, 1043);
            }
        }
    }

    /** Plugin and attributes may be left out at the end. */
    private static boolean endsBehindField(LoginStep step) {
        return step instanceof LoginStep.Identified identified
                && identified.request().plugin() == null;
    }

    @Test
    void shouldRejectBrokenAttributes() {
        byte[] response = new org.penstock.wire.packet.HandshakeResponse41(
                        CLIENT, 1 << 24, 45, "app", new byte[0], "shop", NATIVE, new byte[] {40, 'a'})
                .encode();
        assertRejected(Peers.client(MARIADB, false).onPacket(new Bytes(response)), 1043);
    }

    @Test
    void shouldPassLaterPacketsToTheAuthenticator() {
        NewClientLogin login = Peers.client(MARIADB, false);
        login.onPacket(new Bytes(Peers.response(CLIENT)));
        assertThat(((LoginStep.AuthData) login.onPacket(Bytes.of(1, 2, 3))).data())
                .containsExactly(1, 2, 3);
        assertThat(((LoginStep.AuthData) login.onPacket(Bytes.of())).data()).isEmpty();
    }

    @Test
    void shouldAcceptNothingAfterARejection() {
        NewClientLogin login = Peers.client(MARIADB, false);
        assertRejected(login.onPacket(Bytes.of(1)), 1043);
        assertRejected(login.onPacket(new Bytes(Peers.response(CLIENT))), 1043);
    }

    @Test
    void shouldSwitchPluginWithNulBehindSeed() {
        NewClientLogin login = Peers.client(MARIADB, false);
        login.onPacket(new Bytes(Peers.response(CLIENT)));
        AuthSwitchRequest request = AuthSwitchRequest.decode(login.switchTo(NATIVE, Peers.SEED));
        assertThat(request.plugin()).isEqualTo(NATIVE);
        assertThat(request.data()).hasSize(21);
        assertThat(request.seed()).isEqualTo(Peers.SEED);
        byte[] principal = "mariadb/localhost\0gss".getBytes(US_ASCII);
        assertThat(AuthSwitchRequest.decode(login.switchTo("auth_gssapi_client", principal))
                        .data())
                .isEqualTo(principal);
        assertThat(login.moreData("caching_sha2_password", new byte[] {9})).containsExactly(1, 9);
        assertThat(login.moreData("dialog", new byte[] {4, 'P'})).containsExactly(4, 'P');
        for (int first : new int[] {0, 1, 254, 255}) {
            assertThat(login.moreData("auth_gssapi_client", new byte[] {(byte) first, 7}))
                    .as("data that begins with %d", first)
                    .containsExactly(1, first, 7);
        }
    }

    @Test
    void shouldRefuseToSwitchClientWithoutPlugins() {
        NewClientLogin login = Peers.client(MARIADB, false);
        login.onPacket(new Bytes(Peers.response(CLIENT & ~Capabilities.PLUGIN_AUTH)));
        assertThatThrownBy(() -> login.switchTo("client_ed25519", Peers.SEED))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("client_ed25519");
    }

    /** Its proof was made from the greeting's seed as that of mysql_native_password is. */
    @Test
    void shouldTakeAClientWithoutPluginsForOneOfNativePasswords() {
        LoginStep step =
                Peers.client(MARIADB, false).onPacket(new Bytes(Peers.response(CLIENT & ~Capabilities.PLUGIN_AUTH)));
        assertThat(step).isInstanceOfSatisfying(LoginStep.Identified.class, identified -> assertThat(
                        identified.request().plugin())
                .isEqualTo("mysql_native_password"));
    }

    static void assertRejected(LoginStep step, int code) {
        assertThat(step).isInstanceOfSatisfying(LoginStep.Reject.class, reject -> assertThat(
                        reject.error().code())
                .isEqualTo(code));
    }

    private static HandshakeV10 greet(NewClientLogin login) {
        return HandshakeV10.decode(((LoginStep.Send) login.begin()).payload());
    }

    private static LoginRequest identified(NewClientLogin login, byte[] response) {
        login.begin();
        return ((LoginStep.Identified) login.onPacket(new Bytes(response))).request();
    }
}
