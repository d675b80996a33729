package org.penstock.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsSettingsTest {
    private static TlsSettings section(String mode, String key, String cert, String ca, String crl, boolean peer) {
        return new TlsSettings(TlsMode.of(mode), key, cert, ca, "MAX", "", crl, 9, peer, false);
    }

    @ParameterizedTest
    @CsvSource({
        "required, REQUIRED", "true, REQUIRED", "YES, REQUIRED", "1, REQUIRED", "on, REQUIRED", "Optional, OPTIONAL",
        "disabled, OFF", "false, OFF", "no, OFF", "0, OFF", "off, OFF", "'', OFF"
    })
    void shouldTakeTheWordsOfEveryVersion(String word, TlsMode mode) {
        assertThat(TlsMode.of(word)).isEqualTo(mode);
    }

    @Test
    void shouldRefuseAnotherWord() {
        assertThatThrownBy(() -> TlsMode.of("maybe"))
                .hasMessage("ssl: expected required, optional, disabled, true or false, got 'maybe'");
    }

    @ParameterizedTest
    @CsvSource({"MAX, 2", "'', 2", "TLSv12, 2", "TLSv1.2, 2", "tlsv13, 1", "TLSv11, 3", "TLSv10, 4", "TLSv1, 4"})
    void shouldSpeakFromTheNewestDownToTheNamedVersion(String word, int versions) {
        TlsSettings settings = new TlsSettings(TlsMode.REQUIRED, "", "", "", word, "", "", 9, false, false);
        assertThat(settings.protocols())
                .isEqualTo(List.of("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1").subList(0, versions));
    }

    @ParameterizedTest
    @CsvSource({
        "ECDHE-RSA-AES128-GCM-SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "ECDHE-ECDSA-CHACHA20-POLY1305, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "AES256-GCM-SHA384, TLS_RSA_WITH_AES_256_GCM_SHA384",
        "DHE-RSA-AES256-SHA256, TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
        "TLS_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256",
        "nonsense, NONSENSE"
    })
    void shouldKnowCipherSuitesByBothNames(String written, String standard) {
        TlsSettings settings = new TlsSettings(TlsMode.REQUIRED, "", "", "", "MAX", written, "", 9, false, false);
        assertThat(settings.ciphers()).containsExactly(standard);
    }

    @Test
    void shouldSplitCipherSuitesAtColonsCommasAndBlanks() {
        TlsSettings settings =
                new TlsSettings(TlsMode.REQUIRED, "", "", "", "MAX", "TLS_A:TLS_B, TLS_C", "", 9, false, false);
        assertThat(settings.ciphers()).containsExactly("TLS_A", "TLS_B", "TLS_C");
    }

    @Test
    void shouldDemandWhatAListenerNeeds() {
        assertThatThrownBy(() -> section("true", "", "", "", "", false).ofListener())
                .hasMessageStartingWith("ssl_cert: expected the certificate");
        assertThatThrownBy(() -> section("optional", "", "c", "", "", false).ofListener())
                .hasMessageStartingWith("ssl_key: expected both");
        assertThatThrownBy(() -> section("true", "k", "c", "", "", true).ofListener())
                .hasMessageStartingWith("ssl_ca: expected the authority of the clients");
        assertThatThrownBy(() -> section("true", "k", "c", "a", "r", false).ofListener())
                .hasMessageStartingWith("ssl_crl: expected ssl_verify_peer_certificate=true");
        assertThatThrownBy(() ->
                        new TlsSettings(TlsMode.REQUIRED, "k", "c", "", "MAX", "", "", 9, false, true).ofListener())
                .hasMessageStartingWith("ssl_verify_peer_host: expected ssl_verify_peer_certificate=true");
        assertThatThrownBy(() -> new TlsSettings(TlsMode.OFF, "", "", "", "MAX", "", "", -1, false, false))
                .hasMessage("ssl_cert_verify_depth: expected 0 or more, got -1");
        assertThat(section("false", "", "", "", "", false).ofListener().enabled())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // ca, certificate and host as written; certificate and host as used
        "'', '', '', false, false",
        "ca, '', '', true, true",
        "ca, false, '', false, false",
        "ca, '', false, true, false",
        "'', true, '', true, true",
        "'', true, false, true, false",
        "'', '', true, true, true",
        "'', false, true, true, true"
    })
    void shouldCheckServersWhenAnAuthorityIsNamedOrItIsAskedFor(
            String ca, String peer, String host, boolean verifyPeer, boolean verifyHost) {
        TlsSettings settings = TlsSettings.ofServer(section("true", "", "", ca, "", false), peer, host);
        assertThat(settings.verifyPeer()).isEqualTo(verifyPeer);
        assertThat(settings.verifyHost()).isEqualTo(verifyHost);
    }

    @Test
    void shouldRefuseWhatAServerCannotHave() {
        assertThatThrownBy(() -> TlsSettings.ofServer(section("optional", "", "", "", "", false), "", ""))
                .hasMessageContaining("'optional', which is for listeners");
        assertThatThrownBy(() -> TlsSettings.ofServer(section("true", "k", "", "", "", false), "", ""))
                .hasMessageStartingWith("ssl_cert: expected both");
        assertThatThrownBy(() -> TlsSettings.ofServer(section("true", "", "", "", "", false), "maybe", ""))
                .hasMessage("ssl_verify_peer_certificate: expected true or false, got 'maybe'");
    }
}
