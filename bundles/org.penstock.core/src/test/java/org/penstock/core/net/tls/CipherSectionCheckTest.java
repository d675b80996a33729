package org.penstock.core.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.module.SectionCheck;

/** Cipher suites that a configuration names, before anything is started. */
class CipherSectionCheckTest {
    private static final SectionCheck CHECK = ServiceLoader.load(SectionCheck.class).stream()
            .filter(found -> found.type() == CipherSectionCheck.class)
            .findFirst()
            .orElseThrow()
            .get();

    private static List<String> check(String kind, String mode, String ciphers) {
        List<String> found = new ArrayList<>();
        CHECK.check(kind, Map.of("ssl", mode, "ssl_cipher", ciphers), new SectionCheck.Findings() {
            @Override
            public void problem(String key, String message) {
                found.add(key + ": " + message);
            }

            @Override
            public void warning(String key, String message) {
                found.add("warning: " + key + ": " + message);
            }
        });
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"listener", "server"})
    void shouldNameEverySuiteThatNobodyKnows(String kind) {
        assertThat(check(kind, "required", "ECDHE-RSA-AES128-GCM-SHA256:NOSUCH, TLS_NO_SUCH:HIGH"))
                .hasSize(3)
                .allMatch(line -> line.contains("; known are TLS_AES_128_GCM_SHA256, "))
                .anyMatch(line -> line.startsWith("ssl_cipher: expected names of cipher suites, got 'NOSUCH'"))
                .anyMatch(line -> line.contains("'TLS_NO_SUCH'"))
                .anyMatch(line -> line.contains("'HIGH'"));
    }

    @ParameterizedTest
    @CsvSource({
        "listener, disabled, NOSUCH",
        "listener, '', NOSUCH",
        "service, required, NOSUCH",
        "server, nonsense, NOSUCH"
    })
    void shouldLookAtNothingThatIsNotUsed(String kind, String mode, String ciphers) {
        assertThat(check(kind, mode, ciphers)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldKnowWhatAProviderKnows(TlsProvider provider) {
        assertThat(provider.ciphers()).contains("TLS_AES_256_GCM_SHA384");
        for (String suite : provider.ciphers()) {
            // no certificate fits a suite of keys that are known before
            if (suite.startsWith("TLS_") && !suite.contains("PSK")) {
                assertThat(check("listener", "optional", suite)).as(suite).isEmpty();
            }
        }
    }

    @Test
    void shouldTakeASectionWithoutNames() {
        assertThat(check("server", "required", " ")).isEmpty();
    }
}
