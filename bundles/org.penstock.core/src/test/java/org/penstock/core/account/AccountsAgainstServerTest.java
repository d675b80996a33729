package org.penstock.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.penstock.api.account.Account;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.core.service.AccountSettings;
import org.penstock.protocol.mariadb.MariaDbAccountSource;
import org.penstock.servers.EmbeddedCluster;

/** Logins with many accounts straight to a real server, and what the index made of that server's tables says of the same clients. */
class AccountsAgainstServerTest {
    private static final AccountSettings SETTINGS =
            new AccountSettings("", "", false, true, true, false, true, true, 0);
    private static final List<String> HOSTS = List.of(
            "%",
            "127.%",
            "127.1.%",
            "127.1.2.%",
            "127.1.2.3",
            "127.1.2._",
            "127.1.2.3%",
            "%.3",
            "%.2.%",
            "1%",
            "127._.2.3",
            "127.0.0.0/255.0.0.0",
            "127.1.0.0/255.255.0.0",
            "127.1.2.0/255.255.255.0",
            "127.1.2.0/255.255.255.254",
            "localhost",
            "127.0.0.1",
            "::1",
            "10.%",
            "somewhere.example.com",
            "%.example.com",
            "local%",
            "%host",
            "127.0.0.%");
    private static final List<String> ADDRESSES =
            List.of("127.0.0.1", "127.1.2.3", "127.1.2.30", "127.10.2.3", "127.1.9.3");
    private static final List<String> DATABASES = List.of("shop", "sh_p", "shxp", "shop2", "other", "nowhere");
    private static final int MOST_SHOWN = 5;
    private static final String LOOPBACK_NAME = "localhost";

    private static EmbeddedCluster cluster;
    private static Connection admin;

    @BeforeAll
    static void start() throws SQLException {
        cluster = EmbeddedCluster.builder()
                .replicas(0)
                .option("--skip-name-resolve=OFF")
                .option("--bind-address=*")
                .setup(
                        "CREATE USER 'admin'@'127.0.0.1' IDENTIFIED BY 'admin'; GRANT ALL ON *.* TO 'admin'@'127.0.0.1' WITH GRANT OPTION;")
                .start();
        admin = DriverManager.getConnection(url("127.0.0.1", "") + "&user=admin&password=admin&allowMultiQueries=true");
    }

    @AfterAll
    static void stop() throws SQLException {
        if (admin != null) {
            admin.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void shouldChooseTheAccountThatTheServerChooses() throws SQLException {
        Random random = new Random(11);
        List<String> differences = new ArrayList<>();
        for (int round = 0; round < 25; round++) {
            List<String> made = new ArrayList<>();
            for (String user : List.of("u", "v", "")) {
                List<String> hosts = new ArrayList<>(HOSTS);
                Collections.shuffle(hosts, random);
                for (String host : hosts.subList(0, random.nextInt(user.isEmpty() ? 5 : 9))) {
                    made.add("'" + user + "'@'" + host + "'");
                }
            }
            run(made.stream()
                    .map(account -> "CREATE USER " + account + " IDENTIFIED BY 'p'")
                    .toList());
            AccountIndex index = index(SETTINGS);
            for (String address : ADDRESSES) {
                for (String user : List.of("u", "v", "w")) {
                    compare(index, new Client(user, address, null), made, differences);
                }
            }
            run(made.stream().map(account -> "DROP USER " + account).toList());
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void shouldAdmitTheDatabasesThatTheServerAdmits() throws SQLException {
        Random random = new Random(12);
        for (String database : DATABASES.subList(0, DATABASES.size() - 1)) {
            run(List.of(
                    "CREATE DATABASE " + database,
                    "CREATE TABLE " + database + ".t (a int)",
                    "CREATE FUNCTION " + database + ".f() RETURNS int DETERMINISTIC RETURN 1",
                    "CREATE PROCEDURE " + database + ".p() SELECT 1"));
        }
        run(List.of("CREATE ROLE r1", "CREATE ROLE r2", "GRANT r2 TO r1"));
        List<String> differences = new ArrayList<>();
        for (int round = 0; round < 25; round++) {
            List<String> grants = grants(random);
            run(grants);
            AccountIndex index = index(SETTINGS);
            for (String database : DATABASES) {
                for (String user : List.of("u", "v", "w")) {
                    compare(index, new Client(user, ADDRESSES.get(random.nextInt(3)), database), grants, differences);
                }
            }
            run(List.of("DROP USER ''@'%', u@'127.1.%', u@'%', v@'127.1.2.3', v@'%'", "DROP ROLE r1, r2"));
            run(List.of("CREATE ROLE r1", "CREATE ROLE r2", "GRANT r2 TO r1"));
            run(List.of(
                    "DELETE FROM mysql.db WHERE user = 'PUBLIC'",
                    "DELETE FROM mysql.tables_priv WHERE user = 'PUBLIC'",
                    "DELETE FROM mysql.columns_priv WHERE user = 'PUBLIC'",
                    "DELETE FROM mysql.procs_priv WHERE user = 'PUBLIC'",
                    "DELETE FROM mysql.global_priv WHERE user = 'PUBLIC'",
                    "FLUSH PRIVILEGES"));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void shouldKeepOutWhomTheServerKeepsOut() throws SQLException {
        List<String> made = List.of(
                "locked@'%' IDENTIFIED BY 'p' ACCOUNT LOCK",
                "expired@'%' IDENTIFIED BY 'p' PASSWORD EXPIRE",
                "fresh@'%' IDENTIFIED BY 'p' PASSWORD EXPIRE INTERVAL 3 DAY",
                "old@'%' IDENTIFIED BY 'p' PASSWORD EXPIRE INTERVAL 3 DAY",
                "never@'%' IDENTIFIED BY 'p' PASSWORD EXPIRE NEVER",
                "secured@'%' IDENTIFIED BY 'p' REQUIRE SSL",
                "certified@'%' IDENTIFIED BY 'p' REQUIRE X509",
                "bolted@'%' IDENTIFIED BY 'p' REQUIRE SSL ACCOUNT LOCK");
        run(made.stream().map(each -> "CREATE USER " + each).toList());
        List<String> changed = List.of(
                "UPDATE mysql.global_priv SET Priv = JSON_SET(Priv, '$.password_last_changed',"
                        + " UNIX_TIMESTAMP() - 4 * 86400) WHERE User IN ('old', 'never')",
                "FLUSH PRIVILEGES");
        run(changed);
        List<String> differences = new ArrayList<>();
        for (String variables :
                List.of("OFF, GLOBAL default_password_lifetime = 0", "ON, GLOBAL default_password_lifetime = 1")) {
            run(List.of("SET GLOBAL disconnect_on_expired_password = " + variables));
            AccountIndex index = index(SETTINGS);
            for (String each : made) {
                Client client = new Client(each.substring(0, each.indexOf('@')), "127.0.0.1", null);
                // A session that can only set a password answers 1820 to anything else.
                String server = client.logIn().replace("1820", client.user() + "@%");
                if (!server.equals(client.ask(index))) {
                    differences.add(client + ": server " + server + ", Penstock " + client.ask(index));
                }
            }
        }
        run(List.of("SET GLOBAL disconnect_on_expired_password = OFF, GLOBAL default_password_lifetime = 0"));
        run(made.stream()
                .map(each -> "DROP USER " + each.substring(0, each.indexOf(' ')))
                .toList());
        assertThat(differences).isEmpty();
    }

    @Test
    void shouldReadTheAlternativesOfAnAccount() throws SQLException {
        run(List.of("CREATE USER many@'%' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD('a')"
                + " OR mysql_native_password USING PASSWORD('b')"));
        Account many = index(SETTINGS).match("many", "127.0.0.1", null);
        run(List.of("DROP USER many@'%'"));
        assertThat(many).isNotNull();
        assertThat(many.methods())
                .containsExactly(
                        new Account.Method("unix_socket", ""),
                        new Account.Method("mysql_native_password", ServiceAccount.proof("a")),
                        new Account.Method("mysql_native_password", ServiceAccount.proof("b")));
    }

    /** Accounts, and some of the ways to grant something on a database to them, to their roles and to everybody. */
    private static List<String> grants(Random random) {
        List<String> holders =
                List.of("u@'127.1.%'", "u@'%'", "v@'127.1.2.3'", "v@'%'", "''@'%'", "r1", "r2", "PUBLIC");
        List<String> what = List.of(
                "SELECT ON shop.*",
                "SELECT ON `sh_p`.*",
                "SELECT ON `sh\\_p`.*",
                "SELECT ON `sh%`.*",
                "USAGE ON nowhere.*",
                "INSERT ON nowhere.*",
                "SELECT ON shop.t",
                "SELECT (a) ON shop2.t",
                "EXECUTE ON FUNCTION other.f",
                "EXECUTE ON PROCEDURE other.p",
                "SHOW CREATE ROUTINE ON *.*",
                "SHOW DATABASES ON *.*",
                "RELOAD ON *.*",
                "SELECT ON *.*",
                "DELETE HISTORY ON other.*");
        List<String> grants = new ArrayList<>();
        for (String account : List.of("''@'%'", "u@'127.1.%'", "u@'%'", "v@'127.1.2.3'", "v@'%'")) {
            grants.add(
                    "CREATE USER " + account + " IDENTIFIED BY 'p'" + (random.nextInt(10) == 0 ? " ACCOUNT LOCK" : ""));
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            String holder = holders.get(random.nextInt(holders.size()));
            String option = random.nextInt(5) == 0 && !holder.equals("PUBLIC") ? " WITH GRANT OPTION" : "";
            String one = what.get(random.nextInt(what.size()));
            // 11.4 does not always hand a role's global privileges on to a role that has grants of its own.
            boolean inherited = holder.equals("r2") && one.endsWith("*.*");
            grants.add("GRANT " + one + " TO " + (inherited ? "r1" : holder) + option);
        }
        for (String user : List.of("u@'127.1.%'", "v@'%'")) {
            if (random.nextBoolean()) {
                grants.add("GRANT r1 TO " + user);
                grants.add("SET DEFAULT ROLE r1 FOR " + user);
                if (random.nextInt(4) == 0) {
                    grants.add("REVOKE r1 FROM " + user);
                }
            }
        }
        return grants;
    }

    private static void compare(AccountIndex index, Client client, Object accounts, List<String> differences) {
        String server = client.logIn();
        String penstock = client.ask(index);
        if (!server.equals(penstock) && differences.size() < MOST_SHOWN) {
            differences.add(client + ": server " + server + ", Penstock " + penstock + ", with " + accounts);
        }
    }

    /** A client as the server and the index get to see it. */
    private record Client(String user, String address, @Nullable String database) {
        String logIn() {
            String url = url("127.0.0.1", database == null ? "" : database) + "&localSocketAddress=" + address;
            try (Connection connection = DriverManager.getConnection(url, user, "p");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
                row.next();
                return row.getString(1);
            } catch (SQLException e) {
                return String.valueOf(e.getErrorCode());
            }
        }

        String ask(AccountIndex index) {
            String name = address.equals("127.0.0.1") ? LOOPBACK_NAME : null;
            Account account = index.match(user, address, name);
            if (!index.hostAllowed(address, name)) {
                return "1130";
            }
            if (account == null) {
                return "1045";
            }
            LoginRequest request = new LoginRequest(user, new byte[20], null, database, 45, 0, 0, new byte[0]);
            SqlError error = AccountChecks.refusal(
                    account, request, new org.penstock.api.auth.Client(address, null, false), null);
            if (error == null && database != null) {
                error = index.databaseCheck(account, database, address, name);
            }
            return error != null ? String.valueOf(error.code()) : account.user() + "@" + account.host();
        }
    }

    private static String url(String address, String database) {
        return "jdbc:mariadb://" + address + ":" + cluster.primary().port() + "/" + database + "?sslMode=disable";
    }

    private static void run(List<String> statements) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new SQLException(sql, e);
                }
            }
        }
    }

    private static AccountIndex index(AccountSettings settings) {
        return AccountIndex.of(
                new MariaDbAccountSource()
                        .load(new JdbcAnswers(admin))
                        .toCompletableFuture()
                        .join(),
                settings);
    }
}
