package org.penstock.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CodecException;
import org.penstock.wire.PacketWriter;

class LoginPacketsTest {
    private static final long BASE = Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION;

    private static HandshakeResponse41 response(long capabilities, int charset, String user) {
        return new HandshakeResponse41(capabilities, 0, charset, user, new byte[0], null, null, new byte[0]);
    }

    @Test
    void shouldCarryExtendedCapabilitiesOnlyWhenMysqlBitIsClear() {
        long extended = BASE | Capabilities.CACHE_METADATA;
        long mysql = extended | Capabilities.MYSQL;
        byte[] seed = new byte[20];
        Arrays.fill(seed, (byte) 1);
        assertThat(HandshakeV10.decode(new HandshakeV10("1", 1, seed, extended, 8, 2, "").encode())
                        .capabilities())
                .isEqualTo(extended);
        assertThat(HandshakeV10.decode(new HandshakeV10("1", 1, seed, mysql, 8, 2, "").encode())
                        .capabilities())
                .isEqualTo(BASE | Capabilities.MYSQL);
        assertThat(HandshakeResponse41.decode(response(extended, 8, "u").encode())
                        .capabilities())
                .isEqualTo(extended);
        assertThat(HandshakeResponse41.decode(response(mysql, 8, "u").encode()).capabilities())
                .isEqualTo(BASE | Capabilities.MYSQL);
    }

    @Test
    void shouldReadNamesInTheCharacterSetOfTheClient() {
        byte[] latin1 = response(BASE, 8, "ü").encode();
        assertThat(latin1).hasSize(SslRequest.LENGTH + 3);
        assertThat(HandshakeResponse41.decode(latin1).user()).isEqualTo("ü");
        assertThat(HandshakeResponse41.decode(response(BASE, 45, "ü").encode()).user())
                .isEqualTo("ü");
    }

    @Test
    void shouldTakeResponseWithoutThePluginThatItAnnounces() {
        long announced = BASE | Capabilities.PLUGIN_AUTH | Capabilities.CONNECT_ATTRS;
        byte[] payload = new PacketWriter()
                .writeBytes(new SslRequest(announced, 0, 8).encode())
                .writeNulString("u")
                .writeByte(0)
                .toByteArray();
        HandshakeResponse41 response = HandshakeResponse41.decode(payload);
        assertThat(response.plugin()).isNull();
        assertThat(response.attributes()).isEmpty();
        assertThat(response.attributeMap()).isEmpty();
    }

    @Test
    void shouldRecognizeTlsRequests() {
        byte[] request = new SslRequest(BASE | Capabilities.SSL, 1 << 24, 45).encode();
        assertThat(SslRequest.matches(request)).isTrue();
        assertThat(SslRequest.decode(request).maxPacket()).isEqualTo(1 << 24);
        assertThat(SslRequest.matches(new SslRequest(BASE, 0, 45).encode())).isFalse();
        assertThat(SslRequest.matches(response(BASE | Capabilities.SSL, 8, "u").encode()))
                .isFalse();
        assertThatThrownBy(() -> SslRequest.decode(new SslRequest(BASE, 0, 45).encode()))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void shouldRefuseProtocolsBefore41() {
        assertThatThrownBy(() -> HandshakeResponse41.decode(
                        response(Capabilities.SECURE_CONNECTION, 8, "u").encode()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("PROTOCOL_41");
        assertThatThrownBy(() -> HandshakeV10.decode(new byte[] {9, 0}))
                .hasMessage("expected 0x0A (protocol version), got 0x09 at offset 0 of HandshakeV10");
    }

    @Test
    void shouldShowNoProofInText() {
        byte[] proof = "secret".getBytes(StandardCharsets.UTF_8);
        assertThat(new HandshakeResponse41(BASE, 0, 8, "u", proof, null, null, new byte[0]).toString())
                .doesNotContain(Arrays.toString(proof))
                .contains("user=u");
        assertThat(new ComChangeUser("u", proof, "", 8, null, new byte[0]).toString())
                .contains("user=u")
                .doesNotContain("[B@");
    }

    @Test
    void shouldTakeChangeUserOfOldClients() {
        byte[] payload = {0x11, 'u', 0, 1, 9, 'd', 0};
        ComChangeUser change = ComChangeUser.decode(payload, BASE | Capabilities.PLUGIN_AUTH);
        assertThat(change.user()).isEqualTo("u");
        assertThat(change.authData()).containsExactly(9);
        assertThat(change.database()).isEqualTo("d");
        assertThat(change.charset()).isEqualTo(ComChangeUser.NO_CHARSET);
        assertThat(change.encode(BASE | Capabilities.PLUGIN_AUTH)).isEqualTo(payload);
    }

    @Test
    void shouldKeepAttributesInOrder() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("z", "1");
        attributes.put("a", "");
        assertThat(ConnectionAttributes.decode(ConnectionAttributes.encode(attributes)))
                .containsExactlyEntriesOf(attributes);
    }

    @Test
    void shouldRefuseTooManyAttributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i <= ConnectionAttributes.MAX_ATTRIBUTES; i++) {
            attributes.put("a" + i, "");
        }
        byte[] encoded = ConnectionAttributes.encode(attributes);
        assertThatThrownBy(() -> ConnectionAttributes.decode(encoded))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("at most 512 attributes");
    }

    @Test
    void shouldRefuseTooLongAttributes() {
        byte[] attributes = new byte[ConnectionAttributes.MAX_BYTES + 1];
        byte[] payload = new HandshakeResponse41(
                        BASE | Capabilities.CONNECT_ATTRS, 0, 8, "u", new byte[0], null, null, attributes)
                .encode();
        assertThatThrownBy(() -> HandshakeResponse41.decode(payload)).isInstanceOf(CodecException.class);
    }

    @Test
    void shouldReadSwitchOfOldServers() {
        AuthSwitchRequest old = AuthSwitchRequest.decode(new byte[] {(byte) 0xFE});
        assertThat(old.plugin()).isEqualTo("mysql_old_password");
        assertThat(old.seed()).isEmpty();
        byte[] seed = {1, 2, 3};
        assertThat(AuthSwitchRequest.ofSeed("p", seed).seed()).isEqualTo(seed);
        assertThat(new AuthSwitchRequest("p", seed).seed()).isEqualTo(seed);
    }

    @Test
    void shouldReadErrorsWithAndWithoutState() {
        byte[] early = {(byte) 0xFF, 0x10, 0x04, 'T', 'o', 'o'};
        assertThat(ErrPacket.decode(early)).isEqualTo(new ErrPacket(1040, "", "Too"));
        assertThat(ErrPacket.of(1040, "Too").sqlState()).isEqualTo("08004");
        assertThat(ErrPacket.of(1040, "Too").encode(0)).isEqualTo(early);
        assertThat(ProgressReport.matches(early)).isFalse();
        assertThat(ProgressReport.matches(new ProgressReport(1, 1, 1, "").encode()))
                .isTrue();
        assertThatThrownBy(() -> new ErrPacket(1, "HY", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
