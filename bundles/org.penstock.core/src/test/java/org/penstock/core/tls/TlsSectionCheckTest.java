package org.penstock.core.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.module.SectionCheck;
import org.penstock.servers.certificates.CertificateAuthority;
import org.penstock.servers.certificates.KeyedCertificate;

/** Certificates, keys and lists that a configuration names, before anything is started. */
class TlsSectionCheckTest {
    @TempDir
    Path directory;

    private final CertificateAuthority authority = CertificateAuthority.create("authority");
    private final List<String> found = new ArrayList<>();
    private KeyedCertificate.Stored files;
    private String trusted;

    @BeforeEach
    void files() throws Exception {
        files = authority.issue("proxy", "127.0.0.1").write(directory, "proxy");
        trusted = Files.writeString(directory.resolve("ca.crt"), authority.rootPem())
                .toString();
    }

    private List<String> check(String kind, String... parameters) {
        Map<String, String> section = new LinkedHashMap<>(Map.of(
                "ssl",
                "required",
                "ssl_cert",
                files.certificate().toString(),
                "ssl_key",
                files.key().toString()));
        for (int i = 0; i < parameters.length; i += 2) {
            section.put(parameters[i], parameters[i + 1]);
        }
        found.clear();
        for (SectionCheck check : ServiceLoader.load(SectionCheck.class)) {
            check.check(kind, section, new SectionCheck.Findings() {
                @Override
                public void problem(String key, String message) {
                    found.add(key + ": " + message);
                }

                @Override
                public void warning(String key, String message) {
                    found.add("warning: " + key + ": " + message);
                }
            });
        }
        return found;
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"listener", "server"})
    void shouldFindNothingWhenFilesAreRight(String kind) {
        assertThat(check(kind)).isEmpty();
        assertThat(check(kind, "ssl_ca", trusted, "ssl_verify_peer_certificate", "true"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"listener", "server"})
    void shouldNameEveryFileThatCannotBeRead(String kind) {
        assertThat(check(
                        kind,
                        "ssl_cert",
                        path("no.crt").toString(),
                        "ssl_ca",
                        path("no-ca.crt").toString(),
                        "ssl_crl",
                        path("no.crl").toString(),
                        "ssl_verify_peer_certificate",
                        "true"))
                .containsExactly(
                        "ssl_cert: " + path("no.crt") + ": there is no such file",
                        "ssl_ca: " + path("no-ca.crt") + ": there is no such file",
                        "ssl_crl: " + path("no.crl") + ": there is no such file");
        assertThat(check(kind, "ssl_key", directory.toString()))
                .singleElement()
                .asString()
                .startsWith("ssl_key: " + directory + ": cannot be read");
    }

    @Test
    void shouldNameAKeyThatDoesNotFit() {
        KeyedCertificate.Stored other = authority.issue("other").write(directory, "other");
        assertThat(check("listener", "ssl_key", other.key().toString()))
                .containsExactly(
                        "ssl_key: " + other.key() + ": is not the key of the certificate in " + files.certificate());
        assertThat(check("listener", "ssl_key", files.certificate().toString()))
                .singleElement()
                .asString()
                .startsWith("ssl_key: " + files.certificate() + ": has no private key");
    }

    @Test
    void shouldNameCertificatesThatHaveEndedOrSoonWill() throws Exception {
        files = authority.issue("old", Duration.ofSeconds(-10)).write(directory, "old");
        assertThat(check("server"))
                .singleElement()
                .asString()
                .startsWith("ssl_cert: " + files.certificate() + ": the certificate has expired on ");
        files = authority.issue("short", Duration.ofDays(3)).write(directory, "short");
        assertThat(check("listener"))
                .singleElement()
                .asString()
                .startsWith("warning: ssl_cert: " + files.certificate() + ": the certificate expires on ")
                .endsWith(", in 2 days");
        files = authority.issue("proxy", "127.0.0.1").write(directory, "again");
        Path ended = Files.writeString(
                directory.resolve("ended.crt"),
                authority.issue("ended", Duration.ofSeconds(-10)).certificatePem());
        assertThat(check("server", "ssl_ca_cert", ended.toString()))
                .singleElement()
                .asString()
                .startsWith("warning: ssl_ca: " + ended + ": CN=ended has expired on ");
    }

    @Test
    void shouldNameParametersThatDoNotGoTogether() {
        assertThat(check("listener", "ssl_verify_peer_certificate", "true"))
                .singleElement()
                .asString()
                .startsWith("ssl_ca: expected the authority of the clients");
        assertThat(check("server", "ssl", "optional"))
                .singleElement()
                .asString()
                .startsWith("ssl: expected required");
    }

    @Test
    void shouldLookAtNothingWhereTlsIsOff() {
        assertThat(check("listener", "ssl", "disabled", "ssl_cert", "/absent")).isEmpty();
        assertThat(check("service", "ssl_cert", "/absent")).isEmpty();
    }
}
