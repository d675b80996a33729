package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.ProxyNetworks;
import org.penstock.core.net.tls.TlsContext;
import org.penstock.core.net.tls.TlsProvider;
import org.penstock.core.server.ProxyHeaderVersion;
import org.penstock.core.tls.TlsFileException;
import org.penstock.core.tls.TlsMode;
import org.penstock.core.tls.TlsSettings;
import org.penstock.servers.certificates.CertificateAuthority;
import org.penstock.servers.certificates.KeyedCertificate;
import org.penstock.wire.packet.ErrPacket;

/** What clients are offered by a listener with TLS, parameter by parameter. */
class ListenerTlsTest extends TlsFixture {
    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldServeClientsThatCheckCertificateAndName(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        Listening listener = listen(Section.of(proxyFiles));
        try (Connection connection = connect(listener.port, verifyFull() + "&useServerPrepStmts=true")) {
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
            // The JDK's is slow until its code is compiled.
            int size = provider == TlsProvider.JDK ? 1_000_000 : 17_000_000;
            assertThat(value(connection, "SELECT repeat('x', " + size + ")")).hasSize(size);
            try (var statement = connection.prepareStatement("SELECT ?")) {
                String large = "y".repeat(size);
                statement.setString(1, large);
                try (var result = statement.executeQuery()) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getString(1)).isEqualTo(large);
                }
            }
        }
        assertThat(listener.tls.provider()).isEqualTo(provider);
        assertThat(listener.tls.handshakes()).isEqualTo(1);
        assertThat(commandLine(listener.port, "app", "SELECT 7", "--ssl-ca=" + authorityFile))
                .isEqualTo("0 7");
    }

    @Test
    void shouldRefusePlainClientsInTheServersWordsWhenTlsIsRequired() throws Exception {
        int port = listen(Section.of(proxyFiles)).port;
        for (String password : new String[] {"app", "wrong"}) {
            assertThat(commandLine(port, password, "SELECT 1", "--skip-ssl"))
                    .isEqualTo("1 ERROR 3159 (08004): Connections using insecure transport are prohibited while"
                            + " --require_secure_transport=ON.");
        }
    }

    @Test
    void shouldServeBothWhenTlsIsOptional() throws Exception {
        Listening listener = listen(Section.of(proxyFiles).mode(TlsMode.OPTIONAL));
        assertThat(commandLine(listener.port, "app", "SELECT 1", "--skip-ssl")).isEqualTo("0 1");
        assertThat(listener.tls.handshakes()).isZero();
        assertThat(commandLine(listener.port, "app", "SELECT 2", "--ssl-ca=" + authorityFile))
                .isEqualTo("0 2");
        assertThat(listener.tls.handshakes()).isEqualTo(1);
    }

    @Test
    void shouldProveASelfSignedCertificateByThePassword() throws Exception {
        KeyedCertificate.Stored own = CertificateAuthority.selfSigned("alone").write(directory, "alone");
        int port = listen(Section.of(own)).port;
        assertThat(commandLine(port, "app", "SELECT 8")).isEqualTo("0 8");
        assertThat(commandLine(port, "wrong", "SELECT 8")).startsWith("1 ERROR 1045 (28000)");
        try (Connection connection = connect(port, "&sslMode=verify-full")) {
            assertThat(value(connection, "SELECT 9")).isEqualTo("9");
            connection.unwrap(org.mariadb.jdbc.Connection.class).reset();
        }
    }

    @Test
    void shouldDemandClientCertificatesOfTheAuthority() throws Exception {
        Listening listener = listen(Section.of(proxyFiles).ca(authorityFile).verify(true, false));
        KeyedCertificate.Stored good = authority.issue("client").write(directory, "client");
        KeyedCertificate.Stored foreign =
                CertificateAuthority.create("other").issue("x").write(directory, "foreign");
        String verify = "--ssl-ca=" + authorityFile;
        assertThat(commandLine(listener.port, "app", "SELECT 3", verify, cert(good), key(good)))
                .isEqualTo("0 3");
        assertThat(commandLine(listener.port, "app", "SELECT 3", verify)).startsWith("1 ERROR 20");
        assertThat(commandLine(listener.port, "app", "SELECT 3", verify, cert(foreign), key(foreign)))
                .startsWith("1 ERROR 20");
        assertThat(listener.tls.handshakes()).isEqualTo(1);
        assertThat(listener.tls.failedHandshakes()).isEqualTo(2);
    }

    @Test
    void shouldRefuseRevokedClientCertificates() throws Exception {
        KeyedCertificate revoked = authority.issue("revoked");
        KeyedCertificate.Stored bad = revoked.write(directory, "revoked");
        KeyedCertificate.Stored good = authority.issue("fine").write(directory, "fine");
        Path list = Files.writeString(directory.resolve("list.crl"), authority.revocationsPem(revoked));
        for (TlsProvider provider : TlsProvider.values()) {
            reactor.tls().provider(provider);
            Listening listener =
                    listen(Section.of(proxyFiles).ca(authorityFile).crl(list).verify(true, false));
            String verify = "--ssl-ca=" + authorityFile;
            assertThat(commandLine(listener.port, "app", "SELECT 3", verify, cert(good), key(good)))
                    .isEqualTo("0 3");
            assertThat(commandLine(listener.port, "app", "SELECT 3", verify, cert(bad), key(bad)))
                    .startsWith("1 ERROR 20");
            assertThat(listener.tls.failedHandshakes()).isEqualTo(1);
        }
    }

    @Test
    void shouldBoundTheChainOfClientCertificates() throws Exception {
        KeyedCertificate.Stored deep =
                authority.intermediate("one").intermediate("two").issue("deep").write(directory, "deep");
        String verify = "--ssl-ca=" + authorityFile;
        Section section = Section.of(proxyFiles).ca(authorityFile).verify(true, false);
        assertThat(commandLine(listen(section.depth(2)).port, "app", "SELECT 3", verify, cert(deep), key(deep)))
                .isEqualTo("0 3");
        assertThat(commandLine(listen(section.depth(1)).port, "app", "SELECT 3", verify, cert(deep), key(deep)))
                .startsWith("1 ERROR 20");
    }

    @Test
    void shouldDemandThatClientCertificatesNameTheAddressInAProxyHeader() throws Exception {
        TlsContext tls = reactor.tls()
                .listener(
                        "inner",
                        Section.of(proxyFiles)
                                .ca(authorityFile)
                                .verify(true, true)
                                .settings()
                                .ofListener());
        LoginPolicy believing = LoginPolicy.ANY.believing(ProxyNetworks.of(List.of("127.0.0.0/8")));
        Channel inner =
                TestListener.of(reactor, front).policy(believing).tls(tls).open();
        TestFront balancer = new TestFront(TestListener.port(inner)).configure(Tuned.header(ProxyHeaderVersion.V2));
        Channel outer = TestListener.of(reactor, balancer).open();
        reactor.localAddress(InetAddress.getByName("127.0.0.9"));
        try {
            for (String named : List.of("127.0.0.1", "127.0.0.9")) {
                KeyedCertificate.Stored files = authority.issue(named, named).write(directory, "for-" + named);
                balancer.configure(settings -> settings.withTls(
                        Section.of(files).ca(authorityFile).verify(true, false).settings()));
                String said = commandLine(TestListener.port(outer), "app", "SELECT 5", "--skip-ssl");
                assertThat(said).startsWith(named.equals("127.0.0.1") ? "0 5" : "1 ERROR");
            }
            assertThat(tls.handshakes()).isEqualTo(1);
            ProxyFixture.await(() -> tls.failedHandshakes() == 1);
            assertThat(tls.failedHandshakes()).isEqualTo(1);
        } finally {
            reactor.localAddress(null);
            outer.close().syncUninterruptibly();
            inner.close().syncUninterruptibly();
            reactor.tls().close(tls);
        }
    }

    @Test
    void shouldDemandThatClientCertificatesNameTheirAddress() throws Exception {
        KeyedCertificate.Stored here = authority.issue("here", "127.0.0.1").write(directory, "here");
        KeyedCertificate.Stored elsewhere =
                authority.issue("elsewhere", "127.0.0.2").write(directory, "elsewhere");
        String verify = "--ssl-ca=" + authorityFile;
        for (TlsProvider provider : TlsProvider.values()) {
            reactor.tls().provider(provider);
            Listening listener = listen(Section.of(proxyFiles).ca(authorityFile).verify(true, true));
            assertThat(commandLine(listener.port, "app", "SELECT 3", verify, cert(here), key(here)))
                    .as("%s", provider)
                    .isEqualTo("0 3");
            assertThat(commandLine(listener.port, "app", "SELECT 3", verify, cert(elsewhere), key(elsewhere)))
                    .as("%s", provider)
                    .startsWith("1 ERROR 20");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldSpeakNoVersionBelowTheLowest(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        Listening newest = listen(Section.of(proxyFiles).version("TLSv1.3"));
        assertThatThrownBy(() -> connect(newest.port, verifyFull() + "&enabledSslProtocolSuites=TLSv1.2"))
                .isInstanceOf(SQLException.class);
        connect(newest.port, verifyFull() + "&enabledSslProtocolSuites=TLSv1.3").close();
        assertThat(newest.tls.failedHandshakes()).isEqualTo(1);
        Listening usual = listen(Section.of(proxyFiles));
        connect(usual.port, verifyFull() + "&enabledSslProtocolSuites=TLSv1.2").close();
        String old = "--tls-version=TLSv1.1";
        assertThat(commandLine(usual.port, "app", "SELECT 1", "--ssl-ca=" + authorityFile, old))
                .startsWith("1 ERROR 20");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldUseTheNamedCipherSuites(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        int port = listen(Section.of(proxyFiles).cipher("ECDHE-RSA-AES128-GCM-SHA256")).port;
        connect(port, verifyFull() + "&enabledSslProtocolSuites=TLSv1.2").close();
        connect(port, verifyFull() + "&enabledSslProtocolSuites=TLSv1.3").close();
        String other =
                "&enabledSslProtocolSuites=TLSv1.2" + "&enabledSslCipherSuites=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
        assertThatThrownBy(() -> connect(port, verifyFull() + other)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> listen(Section.of(proxyFiles).cipher("ECDHE-RSA-AES128-GCM-SHA256:NOSUCH")))
                .isInstanceOf(TlsFileException.class)
                .hasMessageStartingWith("ssl_cipher: expected names of cipher suites, got 'NOSUCH'; known are TLS_");
    }

    @Test
    void shouldOfferNoTlsWhereNoneIsConfigured() throws Exception {
        int port = listenPlain();
        try (RawClient client = new RawClient(port)) {
            assertThat(client.greeting().capabilities() & org.penstock.wire.Capabilities.SSL)
                    .isZero();
            client.send(
                    1,
                    new org.penstock.wire.packet.SslRequest(
                                    RawClient.MODERN | org.penstock.wire.Capabilities.SSL, 1 << 24, 45)
                            .encode());
            assertThat(ErrPacket.decode(client.payload()).code()).isEqualTo(1043);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void shouldNameParameterAndFileThatCannotBeUsed() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing");
        KeyedCertificate.Stored other = authority.issue("other", "localhost").write(directory, "other");
        assertRefused(
                Section.of(new KeyedCertificate.Stored(directory.resolve("none"), other.key())), "ssl_cert", "none");
        assertRefused(Section.of(new KeyedCertificate.Stored(empty, other.key())), "ssl_cert", "has no certificate");
        assertRefused(
                Section.of(new KeyedCertificate.Stored(other.certificate(), empty)), "ssl_key", "has no private key");
        assertRefused(
                Section.of(new KeyedCertificate.Stored(other.certificate(), proxyFiles.key())),
                "ssl_key",
                "is not the key of the certificate in");
        Section verifying = Section.of(other).verify(true, false);
        assertRefused(verifying.ca(empty), "ssl_ca", "has no certificate");
        assertRefused(verifying.ca(authorityFile).crl(empty), "ssl_crl", "has no revocation list");
        KeyedCertificate.Stored ended =
                authority.issue("ended", java.time.Duration.ofDays(-1)).write(directory, "ended");
        assertRefused(Section.of(ended), "ssl_cert", "has expired");
    }

    private void assertRefused(Section section, String parameter, String what) {
        TlsSettings settings = section.settings();
        assertThatThrownBy(() -> reactor.tls().listener("listener", settings))
                .isInstanceOf(TlsFileException.class)
                .hasMessageStartingWith(parameter + ": " + directory)
                .hasMessageContaining(what);
    }

    private static String cert(KeyedCertificate.Stored files) {
        return "--ssl-cert=" + files.certificate();
    }

    private static String key(KeyedCertificate.Stored files) {
        return "--ssl-key=" + files.key();
    }

    @Test
    void shouldRequireItOfClientsThatAProxyOnAUnixSocketSpeaksFor() throws Exception {
        TlsContext tls = reactor.tls().listener("local", Section.of(proxyFiles).settings());
        ClientTls switching = new ClientTls(tls, "localhost", true);
        assertThat(switching.required()).isFalse();
        switching.moved("192.0.2.1");
        assertThat(switching.required()).isTrue();
        reactor.tls().close(tls);
    }
}
