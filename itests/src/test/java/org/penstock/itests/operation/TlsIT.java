package org.penstock.itests.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.servers.certificates.CertificateAuthority;
import org.penstock.servers.certificates.KeyedCertificate;

/** The distribution with TLS on its listener and to its servers, whose accounts, the monitor's and the service's among them, take nothing less. */
class TlsIT {
    private static final int INSECURE = 3159;
    private static final String BOTH =
            "SELECT group_concat(variable_value ORDER BY variable_name) FROM information_schema.session_status"
                    + " WHERE variable_name IN ('Compression', 'Ssl_version')";

    @TempDir
    static Path temp;

    private static CertificateAuthority authority;
    private static Path authorityFile;
    private static EmbeddedCluster cluster;
    private static PenstockProcess penstock;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        authority = CertificateAuthority.create("authority");
        authorityFile = Files.writeString(temp.resolve("ca.crt"), authority.rootPem());
        KeyedCertificate.Stored database =
                authority.issue("database", "127.0.0.1").write(temp, "database");
        cluster = EmbeddedCluster.builder()
                .replicas(1)
                .progress(System.err::println)
                .option("--ssl=ON")
                .option("--ssl-cert=" + database.certificate())
                .option("--ssl-key=" + database.key())
                .option("--ssl-ca=" + authorityFile)
                .setup("ALTER USER maxuser@'%' REQUIRE SSL; ALTER USER app@'%' REQUIRE SSL;")
                .start();
        port = FreePort.next();
        issue("first");
        penstock = PenstockProcess.start(
                        Distribution.in(temp.resolve("penstock")), temp.resolve("run"), configuration())
                .awaitReady();
        Await.until("the monitor has seen both servers", penstock::complaints, () -> {
            String servers = penstock.shell("list servers");
            return servers.contains("Master, Running") && servers.contains("Slave, Running");
        });
    }

    /** Gives the listener another certificate, under the names of files that it has. */
    private static void issue(String name) {
        authority.issue(name, "127.0.0.1").write(temp, "proxy");
    }

    private static String configuration() {
        String toServer = "protocol=MySQLBackend\nssl=true\nssl_ca=" + authorityFile
                + "\ncompression=true\npersistpoolmax=2\n" + "persistmaxtime=1min\n";
        return Cluster.sections(cluster).replace("protocol=MySQLBackend\n", toServer)
                + Cluster.service(cluster, "Write", "", port)
                + "ssl=required\nssl_cert=" + temp.resolve("proxy.crt") + "\nssl_key=" + temp.resolve("proxy.key")
                + "\n";
    }

    @AfterAll
    static void stop() {
        if (penstock != null) {
            penstock.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/demo?user=app&password=app" + options);
    }

    private static String verifyFull() {
        return "&sslMode=verify-full&serverSslCert=" + authorityFile;
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    @Test
    void shouldEncryptAndCompressFromClientToServerAndUseConnectionsAgain() throws Exception {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            try (Connection connection = connect(verifyFull() + (i % 2 == 0 ? "&useCompression=true" : ""))) {
                assertThat(value(connection, BOTH)).isEqualTo("ON,TLSv1.3");
                ids.add(value(connection, "SELECT connection_id()"));
                assertThat(value(connection, "SELECT repeat('x', 1000000)")).hasSize(1_000_000);
            }
            Await.until("a connection is kept", penstock::complaints, () -> figure("Pooled") > 0);
        }
        assertThat(ids).hasSizeLessThan(10);
        assertThat(figure("Pool hits")).isPositive();
        assertThat(figure("TLS handshakes")).isPositive();
    }

    /** A figure of the primary in the shell. */
    private static int figure(String name) throws IOException {
        String shown = penstock.shell("show server " + cluster.primary().name() + " --tsv");
        return shown.lines()
                .filter(line -> line.startsWith(name + "\t"))
                .mapToInt(line -> Integer.parseInt(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in\n" + shown));
    }

    @Test
    void shouldRefuseClientsWithoutTls() {
        assertThatThrownBy(() -> connect("&sslMode=disable").close())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(INSECURE));
    }

    @Test
    void shouldServeNewConnectionsWithANewCertificate() throws Exception {
        try (Connection before = connect(verifyFull())) {
            issue("second");
            assertThat(penstock.shell("reload tls")).contains("CN=second");
            try (Connection after = connect(verifyFull())) {
                assertThat(value(after, BOTH)).endsWith("TLSv1.3");
            }
            assertThat(value(before, "SELECT 'goes on'")).isEqualTo("goes on");
        }
        Files.writeString(temp.resolve("proxy.key"), "");
        assertThat(penstock.shell("reload tls")).contains("refused, the former stay in use");
        try (Connection still = connect(verifyFull())) {
            assertThat(value(still, BOTH)).endsWith("TLSv1.3");
        }
        assertThat(penstock.shell("show listener Write-Listener")).contains("CN=second");
    }

    @Test
    void shouldSendNothingToAServerOfAnotherAuthority() throws Exception {
        String server = cluster.primary().name();
        Path other = Files.writeString(
                temp.resolve("other.crt"), CertificateAuthority.create("other").rootPem());
        penstock.shell("alter server " + server + " ssl_ca=" + other);
        try {
            assertThatThrownBy(() -> connect(verifyFull()).close())
                    .hasMessageContaining("TLS to server '" + server + "' failed")
                    .hasMessageContaining("is not signed by an authority");
        } finally {
            penstock.shell("alter server " + server + " ssl_ca=" + authorityFile);
        }
        Await.until("the server is used again", penstock::complaints, () -> {
            try (Connection connection = connect(verifyFull())) {
                return value(connection, BOTH).endsWith("TLSv1.3");
            } catch (SQLException e) {
                return false;
            }
        });
    }
}
