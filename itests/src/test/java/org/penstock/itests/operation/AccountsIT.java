package org.penstock.itests.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.WireClient;
import org.penstock.servers.EmbeddedCluster;

/** Who may log in: the same answers as straight to the server, a brute force that nobody else notices, and a start without servers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccountsIT {
    private static final int ATTEMPTS = 1_000;
    private static final int LIMIT = 10;
    private static final int ATTACKERS = 4;
    private static final int GOOD_LOGINS = 150;
    private static final int DENIED = 1045;
    private static final int BLOCKED = 1129;

    private static final String SETUP =
            """
            CREATE DATABASE shop; CREATE DATABASE shop_1; CREATE DATABASE shopx1; CREATE DATABASE parts;
            CREATE TABLE parts.t (a int, b int); CREATE PROCEDURE shop.p() SELECT 1;
            CREATE USER plain@'%' IDENTIFIED BY 'p'; GRANT SELECT ON shop.* TO plain@'%';
            CREATE USER locals@'localhost' IDENTIFIED BY 'p'; CREATE USER locals@'%' IDENTIFIED BY 'q'; GRANT SELECT ON shop.* TO locals@'%';
            CREATE USER escape_user@'%' IDENTIFIED BY 'p'; GRANT SELECT ON `shop\\_1`.* TO escape_user@'%';
            CREATE USER column_user@'%' IDENTIFIED BY 'p'; GRANT SELECT (a) ON parts.t TO column_user@'%';
            CREATE USER routine_user@'%' IDENTIFIED BY 'p'; GRANT EXECUTE ON PROCEDURE shop.p TO routine_user@'%';
            CREATE ROLE reader; GRANT SELECT ON parts.* TO reader;
            CREATE USER roled@'%' IDENTIFIED BY 'p'; GRANT reader TO roled@'%'; SET DEFAULT ROLE reader FOR roled@'%';
            CREATE USER unroled@'%' IDENTIFIED BY 'p'; GRANT reader TO unroled@'%';
            CREATE USER globally@'%' IDENTIFIED BY 'p'; GRANT SELECT ON *.* TO globally@'%';
            CREATE USER locked@'%' IDENTIFIED BY 'p' ACCOUNT LOCK;
            CREATE USER secured@'%' IDENTIFIED BY 'p' REQUIRE SSL;
            CREATE USER either@'%' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD('p');
            CREATE USER elsewhere@'10.9.%' IDENTIFIED BY 'p';
            CREATE USER narrow@'127.0.0.1' IDENTIFIED BY 'p';
            CREATE USER ''@'%' IDENTIFIED BY 'anon';
            CREATE USER missing@'%' IDENTIFIED BY 'p'; GRANT SELECT ON nowhere.* TO missing@'%';
            """;

    /** User, password, default database. */
    private static final List<List<String>> LOGINS = List.of(
            List.of("plain", "p", ""),
            List.of("plain", "p", "shop"),
            List.of("plain", "wrong", "shop"),
            List.of("plain", "p", "parts"),
            List.of("plain", "p", "nowhere"),
            List.of("plain", "p", "SHOP"),
            List.of("plain", "p", "information_schema"),
            List.of("locals", "p", "shop"),
            List.of("escape_user", "p", "shop_1"),
            List.of("column_user", "p", "parts"),
            List.of("column_user", "p", "shop"),
            List.of("routine_user", "p", "shop"),
            List.of("roled", "p", "parts"),
            List.of("unroled", "p", "parts"),
            List.of("globally", "p", "parts"),
            List.of("globally", "p", "nowhere"),
            List.of("locked", "p", ""),
            List.of("locked", "wrong", ""),
            List.of("globally", "p", ""),
            List.of("secured", "p", ""),
            List.of("either", "p", ""),
            List.of("either", "wrong", ""),
            List.of("narrow", "p", ""),
            List.of("elsewhere", "p", ""),
            List.of("elsewhere", "anon", ""),
            List.of("nobody", "anon", ""),
            List.of("nobody", "p", ""),
            List.of("missing", "p", "nowhere"),
            List.of("", "anon", ""),
            List.of("plain", "", ""));

    @TempDir
    static Path temp;

    private static EmbeddedCluster cluster;
    private static PenstockProcess penstock;
    private static Distribution distribution;
    private static int port;
    private static int open;

    @BeforeAll
    static void start() throws Exception {
        cluster = EmbeddedCluster.builder()
                .replicas(0)
                .progress(System.err::println)
                .option("--skip-name-resolve=OFF")
                .setup(SETUP)
                .start();
        port = FreePort.next();
        open = FreePort.next();
        distribution = Distribution.in(temp.resolve("penstock"));
        penstock = run().awaitReady();
        Await.until("the server is known", penstock::complaints, () -> penstock.shell("list servers")
                .contains("Running"));
    }

    private static PenstockProcess run() throws IOException {
        return PenstockProcess.start(
                distribution,
                temp.resolve("run"),
                Cluster.sections(cluster)
                        + Cluster.service(cluster, "Main", "strip_db_esc=false", port)
                                .replace("filters=", "")
                                .replace("router_options=master", "router_options=running")
                        + Cluster.listener("Main", open)
                                .replace("[Main-Listener]", "[Open-Listener]")
                                .concat("authenticator_options=match_host=false,skip_authentication=true\n"));
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

    @Test
    @Order(1)
    void shouldAnswerLoginsAsTheServerDoes() {
        List<String> direct = new ArrayList<>();
        List<String> through = new ArrayList<>();
        for (List<String> login : LOGINS) {
            direct.add(login + " " + answer(cluster.primary().port(), "127.0.0.1", login));
            through.add(login + " " + answer(port, "127.0.0.1", login));
        }
        assertThat(through).isEqualTo(direct);
    }

    @Test
    @Order(2)
    void shouldLeaveHostsAndProofsToTheServersWhereTheListenerSaysSo() {
        List<String> right = List.of("narrow", "p", "");
        assertThat(answer(port, "127.0.0.3", right)).startsWith("1045");
        assertThat(answer(open, "127.0.0.3", right)).startsWith("narrow@127.0.0.1");
        assertThat(answer(open, "127.0.0.3", List.of("narrow", "wrong", ""))).startsWith("1045");
        assertThat(answer(open, "127.0.0.3", List.of("none-of-that-name", "anon", "")))
                .startsWith("@%");
    }

    @Test
    @Order(3)
    void shouldBlockABruteForceAndLetOthersBe() throws Exception {
        long alone = percentile(goodLogins());
        AtomicInteger denied = new AtomicInteger();
        AtomicInteger blocked = new AtomicInteger();
        AtomicInteger other = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> attackers = new ArrayList<>();
        for (int attacker = 0; attacker < ATTACKERS; attacker++) {
            attackers.add(CompletableFuture.runAsync(
                    () -> attack(over, denied, blocked, other), task -> new Thread(task).start()));
        }
        List<Long> times = goodLogins();
        over.set(true);
        CompletableFuture.allOf(attackers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        System.err.printf(
                "brute force: %d denied, %d blocked; 99th percentile of good logins %d us alone, %d us beside it%n",
                denied.get(), blocked.get(), alone, percentile(times));
        assertThat(other).hasValue(0);
        assertThat(denied.get()).isBetween(LIMIT, LIMIT + ATTACKERS);
        assertThat(blocked.get()).isPositive();
        assertThat(times).hasSize(GOOD_LOGINS);
        assertThat(penstock.shell("list blocked")).contains("127.0.0.2").doesNotContain("127.0.0.1 ");
        assertThat(penstock.shell("unblock 127.0.0.2")).contains("counted anew");
        try (WireClient client = new WireClient(port, "127.0.0.2")) {
            assertThat(code(client.login("wrong"))).isEqualTo(DENIED);
        }
        try (WireClient client = new WireClient(port, "127.0.0.2")) {
            assertThat(client.login()[0]).isZero();
        }
    }

    @Test
    @Order(4)
    void shouldKnowTheAccountsWithoutServersAfterARestart() throws Exception {
        Path copy = penstock.data().resolve("cache/Main/accounts");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(penstock.terminate()).isZero();
        penstock.close();
        cluster.primary().stop();
        penstock = run().awaitReady();
        Await.until("the copy is used", penstock::complaints, () -> penstock.log()
                .contains("Accounts of service 'Main' are taken from the copy in"));
        assertThat(answer(port, "127.0.0.1", List.of("plain", "wrong", ""))).startsWith("1045");
        assertThat(answer(port, "127.0.0.1", List.of("locked", "p", ""))).startsWith("4151");
        assertThat(answer(port, "127.0.0.1", List.of("plain", "p", "parts"))).startsWith("1044");
        assertThat(answer(port, "127.0.0.1", List.of("plain", "p", "shop"))).doesNotStartWith("1045");
    }

    private static void attack(AtomicBoolean over, AtomicInteger denied, AtomicInteger blocked, AtomicInteger other) {
        for (int attempt = 0; attempt < ATTEMPTS && !over.get(); attempt++) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / ATTEMPTS * ATTACKERS);
            try (WireClient client = new WireClient(port, "127.0.0.2")) {
                int code = code(client.login("guess" + attempt));
                (code == DENIED ? denied : code == BLOCKED ? blocked : other).incrementAndGet();
            } catch (IOException e) {
                other.incrementAndGet();
            }
        }
    }

    private static List<Long> goodLogins() throws IOException {
        List<Long> micros = new ArrayList<>();
        for (int login = 0; login < GOOD_LOGINS; login++) {
            long begin = System.nanoTime();
            try (WireClient client = new WireClient(port)) {
                byte[] answer = client.login();
                assertThat(answer).isNotNull();
                assertThat(answer[0]).isZero();
            }
            micros.add((System.nanoTime() - begin) / 1000);
        }
        return micros;
    }

    private static long percentile(List<Long> micros) {
        List<Long> sorted = new ArrayList<>(micros);
        Collections.sort(sorted);
        return sorted.get(sorted.size() * 99 / 100);
    }

    /** The code of an error packet, -1 for any other. */
    private static int code(byte[] packet) {
        boolean error = packet != null && packet.length > 2 && (packet[0] & 0xFF) == 0xFF;
        return error ? packet[1] & 0xFF | (packet[2] & 0xFF) << 8 : -1;
    }

    /** What a client gets to know, whatever its address is called. */
    private static String answer(int to, String from, List<String> login) {
        String url = "jdbc:mariadb://127.0.0.1:" + to + "/" + login.get(2)
                + "?sslMode=disable&allowPublicKeyRetrieval=false&localSocketAddress=" + from;
        try (Connection connection = DriverManager.getConnection(url, login.get(0), login.get(1));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CURRENT_USER(), CURRENT_ROLE(), DATABASE()")) {
            row.next();
            return row.getString(1) + " " + row.getString(2) + " " + row.getString(3);
        } catch (SQLException e) {
            return e.getErrorCode() + " " + e.getSQLState() + " "
                    + e.getMessage().replaceAll("\\(conn=\\d+\\) ", "").replace("'localhost'", "'127.0.0.1'");
        }
    }
}
