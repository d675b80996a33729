package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.HandshakeV10;

/** KILL through the proxy, beside the same straight to the server. */
class KillTest {
    private static EmbeddedCluster cluster;
    private static Reactor reactor;
    private static TestFront front;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        cluster = EmbeddedCluster.builder()
                .replicas(0)
                .option("--local-infile=1")
                .setup("CREATE USER other@'%' IDENTIFIED BY 'other'")
                .setup("GRANT ALL ON demo.* TO other@'%'")
                .setup("CREATE USER boss@'%' IDENTIFIED BY 'boss'")
                .setup("GRANT ALL ON *.* TO boss@'%'")
                .start();
        reactor = new Reactor(Transport.choose(), 2, 2);
        front = new TestFront(cluster.primary().port());
        port = TestListener.of(reactor, front).openPort();
    }

    @AfterAll
    static void stop() {
        if (reactor != null) {
            reactor.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Connection connect(int at, String user) throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + at + "/demo?sslMode=disable&user=" + user
                + "&password=" + user + "&allowLocalInfile=true");
    }

    private static Connection connect(String user) throws SQLException {
        return connect(port, user);
    }

    private static long id(Connection connection) throws SQLException {
        return connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static int error(Connection connection, String sql) {
        try {
            run(connection, sql);
            return 0;
        } catch (SQLException e) {
            return e.getErrorCode();
        }
    }

    /** Runs a statement beside; its error number, 0 for none. */
    private static CompletableFuture<Integer> beside(Connection connection, String sql) {
        return CompletableFuture.supplyAsync(() -> error(connection, sql));
    }

    private static void awaitRunning(String text) throws Exception {
        try (Connection watcher = connect(cluster.primary().port(), "boss")) {
            ProxyFixture.await(() -> {
                try {
                    return !one(
                                    watcher,
                                    "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE '" + text
                                            + "%'")
                            .equals("0");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private static boolean ended(Connection connection) {
        ProxyFixture.await(() -> error(connection, "SELECT 1") != 0);
        return error(connection, "SELECT 1") != 0;
    }

    /** One client's KILL of the statement of another; what both saw. */
    private String[] killOfARunning(int at, String killer, String kill) throws Exception {
        try (Connection victim = connect(at, "app");
                Connection by = connect(at, killer)) {
            CompletableFuture<Integer> slept = beside(victim, "SELECT SLEEP(20)");
            awaitRunning("SELECT SLEEP(20)");
            int killed = error(by, kill.replace("ID", Long.toString(id(victim))));
            if (killed != 0) {
                assertThat(slept).isNotDone();
                assertThat(error(by, kill.replace("ID", Long.toString(id(victim)))))
                        .isEqualTo(killed);
                run(connect(at, "boss"), "KILL QUERY " + id(victim));
            }
            int seen = slept.get(10, TimeUnit.SECONDS);
            boolean gone = kill.contains("QUERY") || killed != 0 ? error(victim, "SELECT 1") != 0 : ended(victim);
            return new String[] {"killed " + killed, "seen " + seen, "gone " + gone};
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KILL QUERY ID",
                "KILL ID",
                "kill connection ID;",
                "KILL HARD QUERY ID",
                "KILL SOFT CONNECTION ID",
                "/* bye */ KILL /*!50000 QUERY */ ID -- now"
            })
    void shouldKillAsAServerDoes(String kill) throws Exception {
        String[] direct = killOfARunning(cluster.primary().port(), "app", kill);
        assertThat(killOfARunning(port, "app", kill)).isEqualTo(direct);
        assertThat(killOfARunning(port, "boss", kill)).isEqualTo(direct);
    }

    @Test
    void shouldPassOnThatTheServerDoesNotAllowIt() throws Exception {
        for (String kill : new String[] {"KILL ID", "KILL QUERY ID"}) {
            String[] direct = killOfARunning(cluster.primary().port(), "other", kill);
            assertThat(direct).contains("killed 1095");
            assertThat(killOfARunning(port, "other", kill)).isEqualTo(direct);
        }
    }

    @Test
    void shouldSayOfAnUnknownIdWhatAServerSays() throws Exception {
        try (Connection connection = connect("app")) {
            assertThatThrownBy(() -> run(connection, "KILL 2147483640"))
                    .hasMessageContaining("Unknown thread id: 2147483640");
            assertThat(error(connection, "KILL 2147483640")).isEqualTo(1094);
            assertThat(error(connection, "KILL QUERY 4000000")).isEqualTo(1094);
            assertThat(error(connection, "KILL 99999999999999")).isEqualTo(1094);
            assertThat(one(connection, "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void shouldPassIdsOfTheServerThrough() throws Exception {
        try (Connection victim = connect("app");
                Connection by = connect("app")) {
            String id = one(victim, "SELECT CONNECTION_ID()");
            assertThat(error(by, "KILL QUERY " + id)).isZero();
            assertThat(one(victim, "SELECT 'alive'")).isEqualTo("alive");
            assertThat(error(by, "KILL " + id)).isZero();
            assertThat(ended(victim)).isTrue();
            assertThat(one(by, "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"KILL QUERY ID", "KILL ID", "KILL QUERY CONNECTION_ID()", "KILL CONNECTION_ID()", "KILL USER app"
            })
    void shouldKillItselfAsAServerDoes(String kill) throws Exception {
        String[] seen = new String[2];
        int[] ports = {cluster.primary().port(), port};
        for (int i = 0; i < 2; i++) {
            try (Connection self = connect(ports[i], "app")) {
                int first = error(self, kill.replace("ID", "ID").replaceAll(" ID$", " " + id(self)));
                boolean gone = kill.contains("QUERY") ? error(self, "SELECT 1") != 0 : ended(self);
                seen[i] = first + " gone " + gone;
            }
        }
        assertThat(seen[1]).isEqualTo(seen[0]);
    }

    @Test
    void shouldKillAnIdleSession() throws Exception {
        try (Connection victim = connect("app");
                Connection by = connect("app")) {
            assertThat(error(by, "KILL QUERY " + id(victim))).isZero();
            assertThat(one(victim, "SELECT 'alive'")).isEqualTo("alive");
            assertThat(error(by, "KILL " + id(victim))).isZero();
            assertThat(ended(victim)).isTrue();
            assertThat(one(by, "SELECT 'alive'")).isEqualTo("alive");
            ProxyFixture.await(() -> error(by, "KILL " + idOrZero(victim)) == 1094);
            assertThat(error(by, "KILL " + id(victim))).isEqualTo(1094);
        }
    }

    private static long idOrZero(Connection connection) {
        try {
            return id(connection);
        } catch (SQLException e) {
            return 0;
        }
    }

    @Test
    void shouldKillByCommandToo() throws Exception {
        try (Connection victim = connect("app");
                RawClient by = RawClient.connected(port, RawClient.MODERN)) {
            byte[] id = new PacketWriter().writeInt((int) id(victim)).toByteArray();
            by.command(CommandType.PROCESS_KILL, id);
            assertThat(RawClient.first(by.payload())).isZero();
            assertThat(ended(victim)).isTrue();
            by.command(
                    CommandType.PROCESS_KILL,
                    new PacketWriter().writeInt(0x7FFF_FFF0).toByteArray());
            assertThat(ErrPacket.decode(by.payload()).code()).isEqualTo(1094);
            assertThat(by.run("SELECT 'alive'")).anyMatch(packet -> packet.contains("alive"));
        }
    }

    @Test
    void shouldKillInTheMiddleOfATransactionAndOfAResult() throws Exception {
        try (Connection victim = connect("app");
                Connection by = connect("app")) {
            run(victim, "CREATE OR REPLACE TABLE killed (v INT)");
            victim.setAutoCommit(false);
            run(victim, "INSERT INTO killed VALUES (1)");
            CompletableFuture<Integer> read =
                    beside(victim, "SELECT a.seq + b.seq FROM seq_1_to_1000000 a, seq_1_to_1000 b");
            awaitRunning("SELECT a.seq");
            assertThat(error(by, "KILL QUERY " + id(victim))).isZero();
            assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(1317);
            victim.commit();
            assertThat(one(by, "SELECT COUNT(*) FROM killed")).isEqualTo("1");
            run(victim, "INSERT INTO killed VALUES (2)");
            assertThat(error(by, "KILL " + id(victim))).isZero();
            assertThat(ended(victim)).isTrue();
            assertThat(one(by, "SELECT COUNT(*) FROM killed")).isEqualTo("1");
        }
    }

    @Test
    void shouldKillWhileALocalFileIsRead() throws Exception {
        try (RawClient victim = new RawClient(port);
                Connection by = connect("app")) {
            run(by, "CREATE OR REPLACE TABLE killed_load (v VARCHAR(100))");
            HandshakeV10 greeting = victim.greeting();
            victim.send(1, victim.login(RawClient.MODERN, "app"));
            victim.loginAnswer("app");
            victim.send(0, RawClient.query("LOAD DATA LOCAL INFILE 'x' INTO TABLE killed_load"));
            assertThat(RawClient.first(victim.payload())).isEqualTo(0xFB);
            victim.send(2, RawClient.bytes("one\n"));
            assertThat(error(by, "KILL " + greeting.connectionId())).isZero();
            assertThatCode(victim::drain).doesNotThrowAnyException();
            assertThat(one(by, "SELECT COUNT(*) FROM killed_load")).isEqualTo("0");
        }
    }

    @Test
    void shouldKillTheSessionsOfAUserOnly() throws Exception {
        try (Connection first = connect("other");
                Connection second = connect("other");
                Connection bystander = connect("app");
                Connection boss = connect("boss")) {
            try (Connection direct = connect(cluster.primary().port(), "app")) {
                assertThat(error(bystander, "KILL USER other")).isEqualTo(error(direct, "KILL USER other"));
            }
            assertThat(one(first, "SELECT 'alive'")).isEqualTo("alive");
            CompletableFuture<Integer> slept = beside(first, "SELECT SLEEP(21)");
            awaitRunning("SELECT SLEEP(21)");
            assertThat(error(boss, "KILL QUERY USER other")).isZero();
            slept.get(10, TimeUnit.SECONDS);
            assertThat(one(second, "SELECT 'alive'")).isEqualTo("alive");
            assertThat(error(boss, "KILL USER 'other'@'%'")).isZero();
            assertThat(ended(first)).isTrue();
            assertThat(ended(second)).isTrue();
            assertThat(one(bystander, "SELECT 'alive'")).isEqualTo("alive");
            assertThat(one(boss, "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void shouldKillByQueryId() throws Exception {
        try (Connection victim = connect("app");
                Connection boss = connect("boss")) {
            CompletableFuture<Integer> slept = beside(victim, "SELECT SLEEP(22)");
            awaitRunning("SELECT SLEEP(22)");
            String query = one(
                    boss, "SELECT QUERY_ID FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP(22)%'");
            assertThat(error(boss, "KILL QUERY ID " + query)).isZero();
            slept.get(10, TimeUnit.SECONDS);
            assertThat(one(victim, "SELECT 'alive'")).isEqualTo("alive");
        }
    }
}
