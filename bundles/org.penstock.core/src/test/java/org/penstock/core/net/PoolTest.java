package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.server.ServerStatus;
import org.penstock.core.server.PoolFigures;
import org.penstock.core.server.PoolFigures.Discard;
import org.penstock.core.server.Server;
import org.penstock.wire.CommandType;
import org.penstock.wire.NativePassword;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.HandshakeResponse41;

/** Sessions that use a server connection after each other: nothing of the former one is left, and the client cannot tell the connection from a fresh one. */
class PoolTest extends ProxyFixture {
    private static final String ID = "SELECT concat('id', connection_id(), '.')";

    private TestFront pooled;
    private int pooledPort;

    @BeforeEach
    void pool() throws Exception {
        pooled = new TestFront(cluster.primary().port()).configure(Tuned.pool(1, Duration.ofMinutes(1)));
        pooledPort = listen(pooled, 5000);
    }

    @AfterEach
    void drain() {
        pooled.configure(Tuned.pool(0, Duration.ZERO));
        settled(pooled);
    }

    private PoolFigures figures() {
        return pooled.server().pool();
    }

    private static String id(RawClient client) throws IOException {
        return client.run(ID).stream()
                .map(packet -> packet.replaceAll("^.*:.id([0-9]+)[.]$", "id$1"))
                .filter(row -> row.matches("id[0-9]+"))
                .findFirst()
                .orElseThrow()
                .substring(2);
    }

    /** Ends a session as a client does. */
    private static void quit(RawClient client) throws IOException {
        client.command(CommandType.QUIT, new byte[0]);
        assertThat(client.closed()).isTrue();
        client.close();
    }

    private interface Doing {
        void in(RawClient client) throws IOException;
    }

    /** Runs something in a session that then ends; returns a session on the same server connection. */
    private RawClient after(Doing something) throws IOException {
        String used;
        try (RawClient first = RawClient.connected(pooledPort, RawClient.MODERN)) {
            used = id(first);
            something.in(first);
            quit(first);
        }
        await(() -> figures().idle() == 1);
        return again(used);
    }

    /** A session on that server connection; others end at once, since the pool has room for one only. */
    private RawClient again(String used) throws IOException {
        for (int i = 0; i < 200; i++) {
            RawClient next = RawClient.connected(pooledPort, RawClient.MODERN);
            if (id(next).equals(used)) {
                return next;
            }
            quit(next);
        }
        throw new AssertionError(
                "connection " + used + " was not used again: " + figures().discards());
    }

    private void expectNothingLeft(String probe, String... statements) throws IOException {
        try (RawClient fresh = RawClient.connected(port, RawClient.MODERN);
                RawClient second = after(first -> {
                    for (String statement : statements) {
                        List<String> reply = first.run(statement);
                        assertThat(reply).as(statement).noneMatch(packet -> packet.contains("#42000"));
                    }
                })) {
            id(fresh);
            assertThat(second.run(probe)).isEqualTo(fresh.run(probe));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "user variables | SELECT @left | SET @left = 'over'",
                "session variables | SELECT @@sql_mode, @@max_statement_time, @@sort_buffer_size, @@lock_wait_timeout |"
                        + " SET sql_mode = 'ANSI', max_statement_time = 7, sort_buffer_size = 1048576, lock_wait_timeout = 3",
                "default database | SELECT database() | USE information_schema",
                "user | SELECT user(), current_user(), @@proxy_user | SELECT 1",
                "autocommit | SELECT @@autocommit | SET autocommit = 0",
                "isolation of transactions | SELECT @@tx_isolation, @@tx_read_only |"
                        + " SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY",
                "character sets | SELECT @@character_set_client, @@character_set_results, @@collation_connection |"
                        + " SET NAMES latin1 COLLATE latin1_german2_ci",
                "last_insert_id | SELECT last_insert_id() | SELECT last_insert_id(4711)",
                "found rows | SELECT found_rows(), row_count() | SELECT seq FROM seq_1_to_17",
                "warnings | SHOW WARNINGS | SELECT 1/0, cast('x' AS int)",
                "temporary tables | SELECT * FROM pool_temporary | CREATE TEMPORARY TABLE pool_temporary (id INT)",
                "prepared statements in text | EXECUTE pool_prepared | PREPARE pool_prepared FROM 'SELECT 42'",
                "session tracking | SELECT @@session_track_system_variables, @@session_track_schema,"
                        + " @@session_track_state_change, @@session_track_transaction_info |"
                        + " SET session_track_system_variables = '*', session_track_schema = 0,"
                        + " session_track_state_change = 1, session_track_transaction_info = 'STATE'",
                "handlers | HANDLER items READ FIRST | HANDLER items OPEN",
                "time zone | SELECT @@time_zone, @@timestamp > 1000000 | SET time_zone = '+05:00', timestamp = 100",
            })
    void shouldLeaveNothingOfTheSessionBefore(String what, String probe, String statement) throws IOException {
        expectNothingLeft(probe, statement);
    }

    @Test
    void shouldForgetRoles() throws IOException {
        cluster.primary().execute("CREATE OR REPLACE ROLE pool_role; GRANT pool_role TO app@'%'");
        expectNothingLeft("SELECT current_role()", "SET ROLE pool_role");
    }

    @Test
    void shouldEndAnOpenTransactionAtOnce() throws IOException {
        cluster.primary().execute("CREATE OR REPLACE TABLE demo.pool_rows (id INT PRIMARY KEY) ENGINE=InnoDB");
        try (RawClient second = after(first -> {
            first.run("START TRANSACTION");
            first.run("INSERT INTO pool_rows VALUES (1)");
        })) {
            assertThat(cluster.primary().execute("SELECT count(*) FROM demo.pool_rows"))
                    .isEqualTo("0");
            assertThat(second.run("SELECT @@in_transaction")).isNotEmpty();
            assertThat(second.run("INSERT INTO pool_rows VALUES (1)")).hasSize(1);
        }
        await(() ->
                cluster.primary().execute("SELECT count(*) FROM demo.pool_rows").equals("1"));
        assertThat(cluster.primary().execute("SELECT count(*) FROM demo.pool_rows"))
                .isEqualTo("1");
    }

    @Test
    void shouldReleaseLocksBeforeTheConnectionIsUsedAgain() throws IOException {
        cluster.primary().execute("CREATE OR REPLACE TABLE demo.pool_locked (id INT) ENGINE=InnoDB");
        try (RawClient first = RawClient.connected(pooledPort, RawClient.MODERN)) {
            first.run("SELECT get_lock('pool_lock', 1)");
            first.run("LOCK TABLES pool_locked WRITE");
            assertThat(cluster.primary().execute("SELECT is_free_lock('pool_lock')"))
                    .isEqualTo("0");
            quit(first);
        }
        await(() ->
                cluster.primary().execute("SELECT is_free_lock('pool_lock')").equals("1"));
        assertThat(cluster.primary().execute("SELECT is_free_lock('pool_lock')"))
                .isEqualTo("1");
        assertThat(figures().idle()).isEqualTo(1);
        cluster.primary().execute("SET lock_wait_timeout = 5; INSERT INTO demo.pool_locked VALUES (1)");
    }

    @Test
    void shouldNotKnowStatementsPreparedBefore() throws IOException {
        List<Integer> ids = new ArrayList<>();
        try (RawClient second = after(first -> ids.add(first.prepare("SELECT 'left over'", new ArrayList<>())))) {
            byte[] execute = new PacketWriter()
                    .writeInt(ids.get(0))
                    .writeByte(0)
                    .writeInt(1)
                    .toByteArray();
            second.command(CommandType.STMT_EXECUTE, execute);
            assertThat(ErrPacket.decode(second.payload()).code()).isEqualTo(1243);
        }
    }

    @Test
    void shouldUseAConnectionAgainAndCountIt() throws IOException {
        after(first -> {}).close();
        assertThat(figures().hits()).isPositive();
        assertThat(figures().misses()).isPositive();
        assertThat(pooled.server().totalConnections()).isEqualTo(figures().misses());
    }

    @Test
    void shouldUseACompressedConnectionAgain() throws IOException {
        pooled.configure(Tuned.compression(true));
        String large = "SELECT repeat('c', 100000)";
        try (RawClient second = after(first -> first.run(large));
                RawClient fresh = RawClient.connected(port, RawClient.MODERN)) {
            assertThat(second.run("SHOW STATUS LIKE 'Compression'")).anyMatch(packet -> packet.contains("ON"));
            assertThat(second.run(large)).isEqualTo(fresh.run(large));
        }
        assertThat(figures().hits()).isPositive();
    }

    @Test
    void shouldNotKeepAConnectionWithSomethingInFlight() throws Exception {
        try (RawClient client = RawClient.connected(pooledPort, RawClient.MODERN)) {
            client.send(0, RawClient.query("SELECT sleep(30)"));
            await(() -> pooled.server().operations() == 1);
            client.reset();
        }
        settled(pooled);
        try (RawClient reading = RawClient.connected(pooledPort, RawClient.MODERN)) {
            reading.send(0, RawClient.query("SELECT seq, repeat('r', 100) FROM seq_1_to_200000"));
            reading.payload();
            reading.reset();
        }
        settled(pooled);
        assertThat(figures().idle()).isZero();
    }

    @Test
    void shouldNotKeepAConnectionInTheMiddleOfACommand() throws Exception {
        try (RawClient client = RawClient.connected(pooledPort, RawClient.MODERN)) {
            byte[] cut = PacketWriter.frame(
                    0,
                    new PacketWriter()
                            .writeByte(CommandType.STMT_SEND_LONG_DATA)
                            .writeBytes(new byte[5000])
                            .toByteArray());
            client.bytes(java.util.Arrays.copyOf(cut, 3000));
        }
        settled(pooled);
        assertThat(figures().idle()).isZero();
    }

    @ParameterizedTest(name = "command {0}")
    @CsvSource({"27, 0000", "21, 0100000000000000000000000000000000"})
    void shouldNotKeepWhatNoResetUndoes(int command, String rest) throws Exception {
        try (RawClient client = RawClient.connected(pooledPort, RawClient.MODERN)) {
            client.command(command, java.util.HexFormat.of().parseHex(rest));
            client.payload();
            quit(client);
        }
        settled(pooled);
        assertThat(figures().idle()).isZero();
    }

    @Test
    void shouldReplaceAConnectionThatDiedWithoutTheClientNoticing() throws Exception {
        String used;
        try (RawClient first = RawClient.connected(pooledPort, RawClient.MODERN)) {
            used = id(first);
            quit(first);
        }
        await(() -> figures().idle() == 1);
        cluster.primary().execute("KILL " + used);
        for (int i = 0; i < 4; i++) {
            try (RawClient next = RawClient.connected(pooledPort, RawClient.MODERN)) {
                assertThat(next.run("SELECT 'served'")).anyMatch(packet -> packet.contains("served"));
            }
        }
        await(() -> figures().discards(Discard.SERVER) + figures().discards(Discard.RESET) > 0);
        assertThat(figures().discards(Discard.SERVER) + figures().discards(Discard.RESET))
                .isPositive();
    }

    @Test
    void shouldDiscardWhatIsTooOld() throws Exception {
        after(first -> {}).close();
        await(() -> figures().idle() == 1);
        pooled.configure(Tuned.pool(1, Duration.ofSeconds(1)));
        await(() -> figures().idle() == 0);
        assertThat(figures().discards(Discard.AGE)).isEqualTo(1);
    }

    @Test
    void shouldDiscardWhenTheServerIsInMaintenanceOrConfiguredAnew() throws Exception {
        after(first -> {}).close();
        await(() -> figures().idle() == 1);
        Server server = pooled.server();
        pooled.registry().set(server.name(), ServerStatus.MAINTENANCE, "test");
        await(() -> figures().idle() == 0);
        assertThat(figures().discards(Discard.STATUS)).isEqualTo(1);
        pooled.registry().clear(server.name(), ServerStatus.MAINTENANCE, "test");
        after(first -> {}).close();
        await(() -> figures().idle() == 1);
        pooled.configure(Tuned.address("localhost"));
        await(() -> figures().idle() == 0);
        assertThat(figures().discards(Discard.CONFIGURATION)).isEqualTo(1);
    }

    @Test
    void shouldKeepNoMoreThanTheServersCapOverAllLoops() throws Exception {
        pooled.configure(Tuned.pool(3, Duration.ofMinutes(1)));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(RawClient.connected(pooledPort, RawClient.MODERN));
        }
        for (RawClient client : clients) {
            quit(client);
        }
        settled(pooled);
        assertThat(figures().idle()).isEqualTo(3);
        assertThat(figures().discards(Discard.FULL)).isEqualTo(5);
    }

    @Test
    void shouldGiveIdleConnectionsOfEveryLoopUpWhenTheServersLimitIsReached() throws Exception {
        pooled.configure(Tuned.pool(10, Duration.ofMinutes(1)));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(RawClient.connected(pooledPort, RawClient.OLD_EOF));
        }
        for (RawClient client : clients) {
            quit(client);
        }
        await(() -> figures().idle() == 3);
        clients.clear();
        pooled.configure(Tuned.limit(3));
        for (int i = 0; i < 3; i++) {
            clients.add(RawClient.connected(pooledPort, RawClient.MODERN));
        }
        assertThat(figures().idle()).isZero();
        try (RawClient fourth = new RawClient(pooledPort)) {
            fourth.greeting();
            fourth.send(1, fourth.login(RawClient.MODERN, "app"));
            assertThat(ErrPacket.decode(fourth.loginAnswer("app")).message()).contains("max_routing_connections is 3");
        }
        for (RawClient client : clients) {
            quit(client);
        }
    }

    /** Logs in as another account than the others here. */
    private RawClient loggedInAs(String user, int code) throws IOException {
        RawClient client = new RawClient(pooledPort);
        byte[] seed = client.greeting().seed();
        client.send(
                1,
                new HandshakeResponse41(
                                RawClient.MODERN,
                                1 << 24,
                                45,
                                user,
                                NativePassword.scramble(RawClient.bytes(user), seed),
                                "",
                                NativePassword.PLUGIN,
                                new byte[0])
                        .encode());
        byte[] answer = client.payload();
        assertThat(RawClient.first(answer) == 0 ? 0 : ErrPacket.decode(answer).code())
                .isEqualTo(code);
        return client;
    }

    @Test
    void shouldShowAServerAWrongProofOnce() throws Exception {
        cluster.primary().execute("CREATE USER other@'%' IDENTIFIED BY 'other'");
        try {
            try (RawClient first = loggedInAs("other", 0)) {
                first.run("SELECT 1");
                quit(first);
            }
            await(() -> figures().idle() == 1);
            cluster.primary().execute("ALTER USER other@'%' IDENTIFIED BY 'changed'");
            String denied = "SHOW GLOBAL STATUS LIKE 'Access_denied_errors'";
            long before = Long.parseLong(cluster.primary().execute(denied).replaceAll("[^0-9]", ""));
            loggedInAs("other", 1045).close();
            long after = Long.parseLong(cluster.primary().execute(denied).replaceAll("[^0-9]", ""));
            assertThat(after - before).isEqualTo(1);
        } finally {
            cluster.primary().execute("DROP USER other@'%'");
        }
    }
}
