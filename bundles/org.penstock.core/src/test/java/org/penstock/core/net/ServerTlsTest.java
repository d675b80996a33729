package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.auth.nativepassword.NativePasswordAuthenticator;
import org.penstock.core.net.tls.TlsContext;
import org.penstock.core.net.tls.TlsProvider;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.ServiceConnector;
import org.penstock.core.tls.TlsSettings;
import org.penstock.protocol.mariadb.MariaDbProtocol;
import org.penstock.servers.certificates.CertificateAuthority;
import org.penstock.servers.certificates.KeyedCertificate;

/** TLS towards a real server, parameter by parameter. The listener is plain. */
class ServerTlsTest extends TlsFixture {
    private static final KeyedCertificate.Stored NONE = new KeyedCertificate.Stored(Path.of(""), Path.of(""));

    private static int port;

    @BeforeAll
    static void plainListener() throws Exception {
        port = listenPlain();
    }

    private static Section section() {
        return Section.of(NONE).ca(authorityFile);
    }

    private static void configure(Section section, String verifyPeer, String verifyHost) {
        TlsSettings settings = TlsSettings.ofServer(section.settings(), verifyPeer, verifyHost);
        front.configure(before -> before.withTls(settings));
    }

    private static ServerSettings moved(ServerSettings from, String address, int to) {
        return ServerSettings.of(from.name(), address, to).withTls(from.tls());
    }

    private static String cipher() throws SQLException {
        try (Connection connection = connect(port, "&sslMode=disable")) {
            assertThat(value(connection, "SELECT repeat('x', 1000000)")).hasSize(1_000_000);
            return value(connection, "SHOW STATUS LIKE 'Ssl_cipher'");
        }
    }

    private static void assertFails(String reason) {
        assertThatThrownBy(ServerTlsTest::cipher)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("TLS to server 'server1' failed: ")
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(2026));
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldEncryptAndCheckCertificateAndName(TlsProvider provider) throws Exception {
        assertThat(cipher()).isEmpty();
        reactor.tls().provider(provider);
        configure(section(), "", "");
        assertThat(cipher()).startsWith("TLS");
        TlsContext context = reactor.tls().serverNow("server1");
        assertThat(context).isNotNull();
        assertThat(context.provider()).isEqualTo(provider);
        assertThat(context.settings().verifyHost()).isTrue();
        assertThat(context.peer().getSubjectX500Principal().getName()).isEqualTo("CN=database");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldRefuseACertificateOfAnotherAuthority(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        Path other = Files.writeString(
                directory.resolve("other.crt"),
                CertificateAuthority.create("other").rootPem());
        configure(Section.of(NONE).ca(other), "", "");
        assertFails("its certificate is not signed by an authority that " + other + " (ssl_ca) holds");
        configure(Section.of(NONE), "true", "");
        assertFails("its certificate is not signed by an authority that the JDK trusts");
        configure(Section.of(NONE).ca(other), "false", "");
        assertThat(cipher()).startsWith("TLS");
        configure(Section.of(NONE), "", "");
        assertThat(cipher()).startsWith("TLS");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldRefuseACertificateThatDoesNotNameTheServer(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        front.configure(settings -> moved(settings, "localhost", settings.port()));
        try {
            configure(section(), "", "");
            assertFails("its certificate does not name the address that was connected to (ssl_verify_peer_host)");
            configure(section(), "", "false");
            assertThat(cipher()).startsWith("TLS");
        } finally {
            front.configure(settings -> moved(settings, "127.0.0.1", settings.port()));
        }
    }

    @Test
    void shouldShowTheClientCertificateThatAnAccountRequires() throws Exception {
        cluster.primary().execute("ALTER USER app@'%' REQUIRE SUBJECT '/CN=penstock'");
        try {
            configure(section(), "", "");
            assertThatThrownBy(ServerTlsTest::cipher).hasMessageContaining("Access denied");
            configure(
                    Section.of(authority.issue("penstock").write(directory, "penstock"))
                            .ca(authorityFile),
                    "",
                    "");
            assertThat(cipher()).startsWith("TLS");
        } finally {
            cluster.primary().execute("ALTER USER app@'%' REQUIRE NONE");
        }
    }

    @Test
    void shouldRefuseARevokedCertificate() throws Exception {
        Path list = Files.writeString(directory.resolve("empty.crl"), authority.revocationsPem());
        configure(section().crl(list), "", "");
        assertThat(cipher()).startsWith("TLS");
        KeyedCertificate database = new KeyedCertificate(
                java.util.List.of(reactor.tls().serverNow("server1").peer()), null);
        Path revoked = Files.writeString(directory.resolve("database.crl"), authority.revocationsPem(database));
        configure(section().crl(revoked), "", "");
        assertFails("its certificate is revoked by " + revoked + " (ssl_crl)");
    }

    @Test
    void shouldUseVersionAndCipherSuitesAsConfigured() throws Exception {
        configure(section().cipher("ECDHE-RSA-AES128-GCM-SHA256").version("TLSv1.3"), "", "");
        assertThat(cipher()).startsWith("TLS");
        assertThatThrownBy(() -> section().version("SSLv3").settings())
                .hasMessage("ssl_version: expected MAX, TLSv10, TLSv11, TLSv12 or TLSv13, got 'SSLv3'");
    }

    @Test
    void shouldNameFileThatCannotBeUsedAndTryAgain() throws Exception {
        Path late = directory.resolve("late.crt");
        configure(Section.of(NONE).ca(late), "", "");
        assertFails("ssl_ca: " + late + ": there is no such file");
        Files.copy(authorityFile, late);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        String seen = "";
        while (seen.isEmpty() && System.nanoTime() - deadline < 0) {
            try {
                seen = cipher();
            } catch (SQLException e) {
                assertThat(e.getMessage()).contains("there is no such file");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        assertThat(seen).startsWith("TLS");
    }

    @Test
    void shouldSendNothingInClearToAServerWithoutTls() throws Exception {
        try (PlainGreeting server = new PlainGreeting()) {
            int database = front.server().port();
            front.configure(settings -> moved(settings, "127.0.0.1", server.port()));
            try {
                configure(section(), "", "");
                assertThatThrownBy(ServerTlsTest::cipher)
                        .hasMessageContaining("TLS is required for this server, but the server does not offer it");
                assertThat(server.received()).isEmpty();
            } finally {
                front.configure(settings -> moved(settings, "127.0.0.1", database));
            }
        }
    }

    @Test
    void shouldEncryptServiceConnections() throws Exception {
        configure(section(), "", "");
        NativePasswordAuthenticator proofs = new NativePasswordAuthenticator();
        ServiceConnector connector =
                new NettyServiceConnector(reactor, name -> new MariaDbProtocol(), plugin -> proofs);
        Duration time = Duration.ofSeconds(10);
        ServiceConnector.Opened opened = connector
                .connect(front.server(), "maxuser", "maxpwd", time, time)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        try {
            assertThat(opened.query("SHOW STATUS LIKE 'Ssl_cipher'")
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .rows()
                            .get(0)
                            .get(1))
                    .startsWith("TLS");
        } finally {
            opened.close();
        }
        configure(Section.of(NONE).ca(directory.resolve("missing.crt")), "", "");
        assertThatThrownBy(() -> connector
                        .connect(front.server(), "maxuser", "maxpwd", time, time)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("missing.crt: there is no such file");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldBoundTheChainOfTheServer(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        KeyedCertificate.Stored deep = authority
                .intermediate("first")
                .intermediate("second")
                .issue("database", "127.0.0.1")
                .write(directory, "deep-" + provider);
        TestFront behind = new TestFront(cluster.primary().port());
        int encrypted = TestListener.of(reactor, behind)
                .tls(reactor.tls().listener("deep", Section.of(deep).settings()))
                .openPort();
        int database = front.server().port();
        front.configure(settings -> moved(settings, "127.0.0.1", encrypted));
        try {
            configure(section().depth(2), "", "");
            cipher();
            configure(section().depth(1), "", "");
            assertThatThrownBy(ServerTlsTest::cipher)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("TLS to server 'server1' failed: ");
        } finally {
            front.configure(settings -> moved(settings, "127.0.0.1", database));
        }
    }
}
