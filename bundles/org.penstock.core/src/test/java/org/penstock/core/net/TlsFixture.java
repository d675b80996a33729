package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.core.net.tls.TlsContext;
import org.penstock.core.net.tls.TlsProvider;
import org.penstock.core.tls.TlsMode;
import org.penstock.core.tls.TlsSettings;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.servers.certificates.CertificateAuthority;
import org.penstock.servers.certificates.KeyedCertificate;

/** A real server with TLS, a proxy in front of it, and an authority that signed both certificates. No buffer may be lost. */
abstract class TlsFixture {

    @TempDir
    static Path directory;

    static CertificateAuthority authority;
    static Path authorityFile;
    static KeyedCertificate.Stored proxyFiles;
    static KeyedCertificate.Stored serverFiles;
    static EmbeddedCluster cluster;
    static Reactor reactor;
    static TestFront front;
    private final List<Runnable> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        LeakWatch.begin();
        authority = CertificateAuthority.create("authority");
        authorityFile = Files.writeString(directory.resolve("ca.crt"), authority.rootPem());
        proxyFiles = authority.issue("proxy", "127.0.0.1", "localhost").write(directory, "proxy");
        serverFiles = authority.issue("database", "127.0.0.1").write(directory, "server");
        cluster = EmbeddedCluster.builder()
                .replicas(0)
                .option("--ssl=ON")
                .option("--ssl-cert=" + serverFiles.certificate())
                .option("--ssl-key=" + serverFiles.key())
                .option("--ssl-ca=" + authorityFile)
                .start();
        reactor = new Reactor(Transport.choose(), 2, 2);
        front = new TestFront(cluster.primary().port());
    }

    @AfterAll
    static void stop() {
        if (reactor != null) {
            reactor.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        LeakWatch.end();
    }

    @AfterEach
    void close() {
        front.configure(settings -> settings.withTls(TlsSettings.OFF));
        opened.forEach(Runnable::run);
        reactor.tls().provider(TlsProvider.choose("auto"));
        ProxyFixture.await(
                () -> front.service().sessions() == 0 && front.server().connections() == 0);
        assertThat(front.service().sessions()).isZero();
        assertThat(front.server().connections()).isZero();
    }

    /** The TLS parameters of one section; what is not set is as in a section without it. */
    static final class Section {
        private TlsMode mode = TlsMode.REQUIRED;
        private String key = "";
        private String certificate = "";
        private String authorities = "";
        private String version = "MAX";
        private String cipher = "";
        private String revocations = "";
        private int depth = TlsSettings.DEFAULT_DEPTH;
        private boolean peer;
        private boolean host;

        static Section of(KeyedCertificate.Stored files) {
            Section section = new Section();
            section.key = files.key().toString();
            section.certificate = files.certificate().toString();
            return section;
        }

        Section mode(TlsMode value) {
            mode = value;
            return this;
        }

        Section ca(Path file) {
            authorities = file.toString();
            return this;
        }

        Section version(String value) {
            version = value;
            return this;
        }

        Section cipher(String value) {
            cipher = value;
            return this;
        }

        Section crl(Path file) {
            revocations = file.toString();
            return this;
        }

        Section depth(int value) {
            depth = value;
            return this;
        }

        Section verify(boolean verifyPeer, boolean verifyHost) {
            peer = verifyPeer;
            host = verifyHost;
            return this;
        }

        TlsSettings settings() {
            return new TlsSettings(
                    mode, key, certificate, authorities, version, cipher, revocations, depth, peer, host);
        }
    }

    /** A listener with TLS. */
    final class Listening {
        final TlsContext tls;
        final int port;

        private Listening(TlsContext tls, int port) {
            this.tls = tls;
            this.port = port;
        }
    }

    Listening listen(Section section) throws Exception {
        return listen(section, 5000);
    }

    Listening listen(Section section, long loginTimeout) throws Exception {
        TlsContext tls = reactor.tls().listener("listener", section.settings().ofListener());
        Channel channel = bound(tls, loginTimeout);
        opened.add(() -> {
            channel.close().awaitUninterruptibly();
            reactor.tls().close(tls);
        });
        return new Listening(tls, TestListener.port(channel));
    }

    /** A listener without TLS, which stays to the end. */
    static int listenPlain() throws Exception {
        return TestListener.port(bound(null, 5000));
    }

    private static Channel bound(@Nullable TlsContext tls, long loginTimeout) throws Exception {
        return TestListener.of(reactor, front)
                .loginTimeout(loginTimeout)
                .tls(tls)
                .open();
    }

    static Connection connect(int port, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/demo?user=app&password=app" + options);
    }

    /** Options of Connector/J with which certificate and name are checked. */
    static String verifyFull() {
        return "&sslMode=verify-full&serverSslCert=" + authorityFile;
    }

    static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(result.getMetaData().getColumnCount());
        }
    }

    /** What the command line client prints, with its exit status in front. */
    static String commandLine(int port, String password, String sql, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                cluster.installation().client().toString(),
                "--no-defaults",
                "--host=127.0.0.1",
                "--protocol=tcp",
                "--port=" + port,
                "--user=app",
                "--password=" + password,
                "--batch",
                "--skip-column-names"));
        command.addAll(List.of(options));
        command.addAll(List.of("-e", sql));
        Path output = Files.createTempFile(directory, "client", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return process.exitValue() + " " + Files.readString(output).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
