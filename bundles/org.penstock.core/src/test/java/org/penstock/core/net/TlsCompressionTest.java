package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.JdbcConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.account.Account;
import org.penstock.auth.cleartext.ClearTextAuthenticator;
import org.penstock.auth.nullauth.NullAuthAllow;
import org.penstock.core.login.LoginRules;
import org.penstock.core.net.tls.TlsProvider;
import org.penstock.core.server.PoolFigures;
import org.penstock.core.tls.TlsMode;
import org.penstock.core.tls.TlsSettings;
import org.penstock.servers.certificates.CertificateAuthority;
import org.penstock.servers.certificates.KeyedCertificate;

/** What TLS meets inside: compression, pooled connections, changes of user. */
class TlsCompressionTest extends TlsFixture {
    private static final String SALT = "0123456789abcdefghij";
    private static final Account.Method NATIVE =
            new Account.Method("mysql_native_password", "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7");
    private static final Account.Method CACHING = new Account.Method(
            "caching_sha2_password", "$A$005$" + SALT + "DzxW9TvqYzWluI.c0TEKGiv1WF2zptVscigC2dPeKP2");
    private static final Account.Method SHA256 =
            new Account.Method("sha256_password", "$5$" + SALT + "$DzxW9TvqYzWluI.c0TEKGiv1WF2zptVscigC2dPeKP2");
    private static final String BOTH =
            "SELECT group_concat(variable_value ORDER BY variable_name) FROM information_schema.session_status"
                    + " WHERE variable_name IN ('Compression', 'Ssl_version')";

    @BeforeAll
    static void allow() throws Exception {
        cluster.primary().execute("SET GLOBAL local_infile = 1");
        cluster.primary().execute("SET GLOBAL max_allowed_packet = 134217728");
    }

    @AfterEach
    void asBefore() {
        front.version = "5.5.5-11.4.5-MariaDB";
        front.rules((LoginRules) null);
        front.configure(Tuned.pool(0, Duration.ZERO));
        front.configure(Tuned.compression(false));
    }

    /** TLS towards the server, which must be of that authority. */
    private static void serverTls(Path authorities) {
        Section section = Section.of(new KeyedCertificate.Stored(Path.of(""), Path.of("")))
                .ca(authorities);
        TlsSettings settings = TlsSettings.ofServer(section.settings(), "", "");
        front.configure(before -> before.withTls(settings));
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldCompressInsideTls(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        serverTls(authorityFile);
        front.configure(Tuned.compression(true));
        int port = listen(Section.of(proxyFiles)).port;
        try (Connection connection = connect(
                        port, verifyFull() + "&useCompression=true&useServerPrepStmts=true&allowLocalInfile=true");
                Statement statement = connection.createStatement()) {
            assertThat(value(connection, BOTH)).isEqualTo("ON,TLSv1.3");
            assertThat(value(connection, "SELECT sum(length(repeat(seq, 20))) FROM seq_1_to_50000"))
                    .isEqualTo("4777880");
            assertThat(value(connection, "SELECT repeat('x', 3000000)")).isEqualTo("x".repeat(3_000_000));
            try (var select = connection.prepareStatement("SELECT ?")) {
                for (int length : new int[] {1, 60, 65_530, 1_000_000}) {
                    select.setString(1, "y".repeat(length));
                    try (var result = select.executeQuery()) {
                        assertThat(result.next()).isTrue();
                        assertThat(result.getString(1)).isEqualTo("y".repeat(length));
                    }
                }
            }
            Path lines = Files.writeString(directory.resolve("lines"), "7\n".repeat(100_000));
            statement.execute("CREATE TEMPORARY TABLE sevens (id INT)");
            statement.execute("LOAD DATA LOCAL INFILE '" + lines + "' INTO TABLE sevens");
            assertThat(value(connection, "SELECT sum(id) FROM sevens")).isEqualTo("700000");
        }
        String out = commandLine(
                port,
                "app",
                "SELECT repeat('z', 17000000); \\s",
                "--compress",
                "--max-allowed-packet=64M",
                "--ssl-ca=" + authorityFile);
        assertThat(out).startsWith("0 " + "z".repeat(17_000_000));
        assertThat(out).contains("Protocol:\t\tCompressed").contains("SSL:\t\t\tCipher in use");
    }

    @Test
    void shouldUseEncryptedConnectionsAgainUntilAnotherAuthorityIsTrusted() throws Exception {
        serverTls(authorityFile);
        front.configure(Tuned.compression(true));
        front.configure(Tuned.pool(2, Duration.ofMinutes(1)));
        int port = listen(Section.of(proxyFiles).mode(TlsMode.OPTIONAL)).port;
        PoolFigures figures = front.server().pool();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            try (Connection connection = connect(port, i % 2 == 0 ? verifyFull() : "&sslMode=disable")) {
                assertThat(value(connection, BOTH)).isEqualTo("ON,TLSv1.3");
                ids.add(value(connection, "SELECT connection_id()"));
                assertThat(value(connection, "SELECT repeat('x', 100000)")).hasSize(100_000);
            }
            ProxyFixture.await(() -> figures.idle() > 0);
        }
        assertThat(ids).hasSizeLessThan(12);
        assertThat(figures.hits()).isPositive();

        Path other = Files.writeString(
                directory.resolve("other.crt"),
                CertificateAuthority.create("other").rootPem());
        serverTls(other);
        ProxyFixture.await(() -> figures.idle() == 0);
        assertThat(figures.idle()).isZero();
        assertThatThrownBy(() -> connect(port, verifyFull()).close()).hasMessageContaining("is not signed by");
    }

    // -- changes of user; MySQL's driver has them

    private static JdbcConnection mysql(int port, String user, String password) throws SQLException {
        // It takes MariaDB's greeting for a server that is too old for its plugins.
        front.version = "8.0.36";
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslMode", "REQUIRED");
        properties.setProperty("useCompression", "true");
        return DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + port + "/demo", properties)
                .unwrap(JdbcConnection.class);
    }

    private static void changes(int port, String user, List<String> users) throws SQLException {
        JdbcConnection connection = mysql(port, user, "secret");
        try {
            for (String next : users) {
                value(connection, "SELECT @left := 'over'");
                connection.changeUser(next, "secret");
                assertThat(value(connection, "SELECT concat(coalesce(@left, 'nothing'), database())"))
                        .as(next)
                        .isEqualTo("nothingdemo");
                assertThat(value(connection, BOTH)).isEqualTo("ON,TLSv1.3");
                assertThat(value(connection, "SELECT repeat('x', 200000)")).hasSize(200_000);
            }
        } finally {
            connection.close();
        }
    }

    /** A listener with these rules; TLS and compression towards the server. */
    private int listening(MethodRules rules) throws Exception {
        rules.account("native", NATIVE).account("caching", CACHING).account("sha", SHA256);
        front.rules(rules);
        serverTls(authorityFile);
        front.configure(Tuned.compression(true));
        return listen(Section.of(proxyFiles)).port;
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "caching", "sha"})
    void shouldChangeUsersOfEachMethod(String first) throws Exception {
        changes(listening(new MethodRules()), first, List.of("native", "caching", "sha", "caching", "native"));
    }

    @Test
    void shouldChangeUsersWithPasswordsInClear() throws Exception {
        MethodRules rules = new MethodRules();
        rules.alone = new ClearTextAuthenticator();
        // The server checks the clients' own passwords.
        rules.mapped = user -> false;
        for (String user : List.of("native", "sha")) {
            cluster.primary()
                    .execute("CREATE USER IF NOT EXISTS '" + user + "'@'%' IDENTIFIED BY 'secret';"
                            + " GRANT ALL ON demo.* TO '" + user + "'@'%'");
        }
        changes(listening(rules), "native", List.of("sha", "native"));
    }

    @Test
    void shouldChangeUsersWhereEverybodyIsAccepted() throws Exception {
        MethodRules rules = new MethodRules();
        rules.alone = new NullAuthAllow();
        changes(listening(rules), "anybody", List.of("somebody", "native"));
    }
}
