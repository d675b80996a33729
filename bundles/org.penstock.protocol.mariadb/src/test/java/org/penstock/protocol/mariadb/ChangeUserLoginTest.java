package org.penstock.protocol.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.protocol.mariadb.Peers.CLIENT;
import static org.penstock.protocol.mariadb.Peers.MARIADB;
import static org.penstock.protocol.mariadb.Peers.NATIVE;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.LoginStep;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.wire.Capabilities;
import org.penstock.wire.packet.AuthSwitchRequest;
import org.penstock.wire.packet.ComChangeUser;
import org.penstock.wire.packet.OkPacket;

class ChangeUserLoginTest {
    private final MariaDbProtocol protocol = new MariaDbProtocol();

    @Test
    void shouldIdentifyClientByTheCommand() {
        byte[] command = new ComChangeUser("other", new byte[20], "shop", 224, NATIVE, Peers.ATTRIBUTES).encode(CLIENT);
        LoginRequest request = identified(command);
        assertThat(request.user()).isEqualTo("other");
        assertThat(request.database()).isEqualTo("shop");
        assertThat(request.charset()).isEqualTo(224);
        assertThat(request.plugin()).isEqualTo(NATIVE);
        assertThat(request.capabilities()).isEqualTo(CLIENT);
        assertThat(request.attributes()).isEqualTo(Peers.ATTRIBUTES);
    }

    @Test
    void shouldTakeCollationOfGreetingWhenCommandNamesNone() {
        byte[] command =
                new ComChangeUser("other", new byte[0], "", ComChangeUser.NO_CHARSET, null, new byte[0]).encode(CLIENT);
        LoginRequest request = identified(command);
        assertThat(request.charset()).isEqualTo(45);
        assertThat(request.database()).isNull();
        assertThat(request.plugin()).isNull();
    }

    @Test
    void shouldAnswerOrRejectCommandTruncatedAtEveryOffset() {
        byte[] command = new ComChangeUser("other", new byte[20], "shop", 45, NATIVE, Peers.ATTRIBUTES).encode(CLIENT);
        int rejected = 0;
        for (int length = 0; length < command.length; length++) {
            LoginStep step = begin(Arrays.copyOf(command, length));
            if (step instanceof LoginStep.Reject reject) {
                assertThat(reject.error().code()).isEqualTo(1043);
                rejected++;
            } else {
                assertThat(step).isInstanceOf(LoginStep.Identified.class);
            }
        }
        assertThat(rejected).isGreaterThan(command.length - 4);
    }

    @Test
    void shouldPassLaterPacketsToTheAuthenticator() {
        ClientLogin login =
                protocol.changeUser(new ClientLoginRequest(Peers.greeting(MARIADB), CLIENT, false), Bytes.of(0x11));
        assertThat(((LoginStep.AuthData) login.onPacket(Bytes.of(5))).data()).containsExactly(5);
        assertThat(login.moreData("caching_sha2_password", new byte[] {9})).containsExactly(1, 9);
        assertThat(login.switchTo(NATIVE, Peers.SEED)[0]).isEqualTo((byte) 0xFE);
    }

    /** Plugins of MariaDB, whose data has no byte in front where it cannot be taken for something else. */
    @ParameterizedTest
    @ValueSource(strings = {"dialog", "mysql_clear_password", "auth_gssapi_client"})
    void shouldSwitchToPluginsWhoseDataStaysAsItIs(String plugin) {
        byte[] data = {4, 'P', 'a', 's', 's', 0};
        ClientLogin login =
                protocol.changeUser(new ClientLoginRequest(Peers.greeting(MARIADB), CLIENT, false), Bytes.of(0x11));
        AuthSwitchRequest request = AuthSwitchRequest.decode(login.switchTo(plugin, data));
        assertThat(request.plugin()).isEqualTo(plugin);
        assertThat(request.data()).isEqualTo(data);
        assertThat(login.moreData(plugin, data)).isEqualTo(data);
        assertThat(login.moreData(plugin, new byte[] {(byte) 0xFF, 7})).containsExactly(1, 0xFF, 7);
        assertThat(((LoginStep.AuthData) login.onPacket(new Bytes(data))).data())
                .isEqualTo(data);
    }

    @Test
    void shouldTakeAClientWithoutPluginsForOneOfNativePasswords() {
        long old = CLIENT & ~Capabilities.PLUGIN_AUTH;
        byte[] command = new ComChangeUser("other", new byte[20], "", 45, null, new byte[0]).encode(old);
        LoginStep step = protocol.changeUser(
                        new ClientLoginRequest(Peers.greeting(MARIADB), old, false), new Bytes(command))
                .begin();
        assertThat(((LoginStep.Identified) step).request().plugin()).isEqualTo(NATIVE);
    }

    @Test
    void shouldChangeUserOnServer() {
        ServerLogin login = protocol.changeUser(
                Peers.serverRequest(false, "shop", Peers.authenticators(NATIVE)), Peers.greeting(MARIADB));
        byte[] payload = ((ServerLoginStep.Send) login.begin()).payload();
        long capabilities = ServerCapabilities.of(
                Peers.serverRequest(false, "shop", Peers.authenticators()), Peers.greeting(MARIADB));
        ComChangeUser command = ComChangeUser.decode(payload, capabilities);
        assertThat(command.user()).isEqualTo("app");
        assertThat(command.database()).isEqualTo("shop");
        assertThat(command.authData()).hasSize(21).startsWith('m');
        assertThat(command.attributes()).isEqualTo(Peers.ATTRIBUTES);
        assertThat(login.onPacket(new Bytes(OkPacket.of(0, 0, 2, 0).encode(capabilities))))
                .isInstanceOf(ServerLoginStep.Ready.class);
        assertThat(login.onTls()).isInstanceOf(ServerLoginStep.Failed.class);
    }

    @Test
    void shouldKnowItsNamesWithoutRegardToCase() {
        assertThat(protocol.names().contains("mysqlclient")).isTrue();
        assertThat(protocol.names().contains("MARIADBBACKEND")).isTrue();
        assertThat(protocol.names().contains("cdc")).isFalse();
    }

    private LoginStep begin(byte[] command) {
        return protocol.changeUser(new ClientLoginRequest(Peers.greeting(MARIADB), CLIENT, false), new Bytes(command))
                .begin();
    }

    private LoginRequest identified(byte[] command) {
        return ((LoginStep.Identified) begin(command)).request();
    }
}
