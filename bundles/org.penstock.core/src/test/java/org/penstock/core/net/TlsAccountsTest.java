package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.core.account.JdbcAnswers;
import org.penstock.core.login.LoginRules;
import org.penstock.core.net.tls.TlsProvider;
import org.penstock.core.tls.OneLineName;
import org.penstock.core.tls.TlsMode;
import org.penstock.protocol.mariadb.MariaDbAccountSource;
import org.penstock.servers.certificates.KeyedCertificate;

/** Accounts that demand something of TLS, and clients of every kind: whom the real server lets in, Penstock does, and nobody else. */
class TlsAccountsTest extends TlsFixture {
    private static final String PASSWORD = "secret";
    private static final String CIPHER = "&enabledSslProtocolSuites=TLSv1.2&enabledSslCipherSuites=TLS_ECDHE_RSA_WITH_";

    private static String sql(String name) {
        return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** What {@code REQUIRE} may say, by the name of the account. */
    private static Map<String, String> demands(KeyedCertificate client) {
        boolean raw = cluster.primary().execute("SELECT @@version_ssl_library").contains("WolfSSL");
        String written = OneLineName.of(client.certificate().getSubjectX500Principal());
        String subject = raw ? written.replace("\\xC3\\xA4", "\u00e4") : written;
        String issuer = OneLineName.of(client.certificate().getIssuerX500Principal());
        Map<String, String> demands = new LinkedHashMap<>();
        demands.put("t_none", "NONE");
        demands.put("t_ssl", "SSL");
        demands.put("t_x509", "X509");
        demands.put("t_subject", "SUBJECT " + sql(subject));
        demands.put("t_issuer", "ISSUER " + sql(issuer));
        demands.put("t_both", "SUBJECT " + sql(subject) + " AND ISSUER " + sql(issuer));
        demands.put("t_other", "SUBJECT '/CN=nobody'");
        demands.put("t_foreign", "ISSUER '/CN=nobody' AND SUBJECT " + sql(subject));
        demands.put("t_cipher", "CIPHER 'ECDHE-RSA-AES256-GCM-SHA384'");
        demands.put(
                "t_all",
                "SUBJECT " + sql(subject) + " AND ISSUER " + sql(issuer) + " AND CIPHER 'ECDHE-RSA-AES256-GCM-SHA384'");
        return demands;
    }

    private static String store(KeyedCertificate shown, String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", shown.key(), "pw".toCharArray(), shown.chain().toArray(new Certificate[0]));
        Path file = directory.resolve(name + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "pw".toCharArray());
        }
        return "&keyStore=" + file + "&keyStorePassword=pw&keyStoreType=PKCS12";
    }

    private static int error(int port, String user, String options) {
        try (Connection connection = DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/?user=" + user + "&password=" + PASSWORD + options)) {
            return connection.isValid(5) ? 0 : -1;
        } catch (SQLException e) {
            return e.getErrorCode();
        }
    }

    private static Connection admin() throws SQLException {
        cluster.primary()
                .execute("CREATE OR REPLACE USER admin@'127.0.0.1' IDENTIFIED BY 'admin';"
                        + " GRANT ALL ON *.* TO admin@'127.0.0.1' WITH GRANT OPTION");
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + cluster.primary().port() + "/?user=admin&password=admin&sslMode=disable");
    }

    private static Map<String, Account> accounts() throws SQLException {
        try (Connection admin = admin()) {
            AccountSet read = new MariaDbAccountSource()
                    .load(new JdbcAnswers(admin))
                    .toCompletableFuture()
                    .join();
            Map<String, Account> accounts = new LinkedHashMap<>();
            read.accounts().forEach(account -> accounts.put(account.user(), account));
            return accounts;
        }
    }

    @Test
    void shouldLetInWhomTheServerLetsIn() throws Exception {
        KeyedCertificate client = authority.issue("CN=K\u00e4the O'Neil/x,OU=Team,O=Example\\, Inc.,ST=Uusimaa,C=FI");
        Map<String, String> demands = demands(client);
        try (Connection admin = admin();
                Statement statement = admin.createStatement()) {
            for (Map.Entry<String, String> each : demands.entrySet()) {
                statement.execute("CREATE OR REPLACE USER " + each.getKey() + "@'%' IDENTIFIED BY '" + PASSWORD
                        + "' REQUIRE " + each.getValue());
            }
        }
        MethodRules rules = new MethodRules();
        rules.accounts.putAll(accounts());
        front.rules(rules);
        String verify = "&sslMode=verify-ca&serverSslCert=" + authorityFile;
        List<String> kinds = List.of(
                "&sslMode=disable",
                verify,
                verify + store(client, "client"),
                verify + store(authority.issue("stranger"), "stranger"),
                verify + store(client, "client") + CIPHER + "AES_256_GCM_SHA384",
                verify + CIPHER + "AES_128_GCM_SHA256");
        Map<String, Integer> direct = new LinkedHashMap<>();
        for (String user : demands.keySet()) {
            kinds.forEach(
                    kind -> direct.put(user + kind, error(cluster.primary().port(), user, kind)));
        }
        List<String> differences = new ArrayList<>();
        for (TlsProvider provider : TlsProvider.values()) {
            reactor.tls().provider(provider);
            int port = listen(Section.of(proxyFiles).mode(TlsMode.OPTIONAL).ca(authorityFile)).port;
            for (String user : demands.keySet()) {
                for (String kind : kinds) {
                    int through = error(port, user, kind);
                    if (direct.get(user + kind) != through) {
                        differences.add(provider + " " + user + " " + demands.get(user) + kind + ": server "
                                + direct.get(user + kind) + ", Penstock " + through);
                    }
                }
            }
        }
        front.rules((LoginRules) null);
        assertThat(differences).isEmpty();
        assertThat(direct.values()).contains(0, 1045);
    }
}
