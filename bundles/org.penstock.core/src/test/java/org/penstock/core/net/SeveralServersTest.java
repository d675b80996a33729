package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.penstock.core.login.LoginPolicy;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.servers.EmbeddedServer;

/** What MariaDB's Java client does is the same at one server and through a proxy that sends each read to another of three. */
class SeveralServersTest {
    private static EmbeddedCluster cluster;
    private static Reactor reactor;
    private static int port;
    private static AlternatingRouter router;

    @BeforeAll
    static void start() throws Exception {
        cluster = EmbeddedCluster.builder()
                .replicas(2)
                .setup("CREATE DATABASE other; GRANT ALL ON other.* TO 'app'@'%'")
                .start();
        cluster.awaitReplicas();
        reactor = new Reactor(Transport.choose(), 2, 2);
        router = new AlternatingRouter();
        TestFront front = new TestFront(cluster.primary().port())
                .also("server2", cluster.replicas().get(0).port())
                .also("server3", cluster.replicas().get(1).port())
                .router(router);
        Channel channel = new Acceptor(
                        reactor,
                        front,
                        new Acceptor.Settings(
                                "listener", "MySQLClient", 5000, 1000, 64 * 1024, 32 * 1024, LoginPolicy.ANY))
                .bind("127.0.0.1", 0)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        port = ((InetSocketAddress) channel.localAddress()).getPort();
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

    @AfterEach
    void allServersAreUsed() {
        router.first = List.of("server1", "server2", "server3");
        router.usable = router.first;
    }

    private interface Script {
        void run(Connection connection, List<String> seen) throws Exception;
    }

    private static List<String> same(String options, Script script) throws Exception {
        List<String> direct = new ArrayList<>();
        try (Connection connection = connect(cluster.primary().port(), options)) {
            script.run(connection, direct);
        }
        router.reads.clear();
        int lost = router.lost.get();
        List<String> proxied = new ArrayList<>();
        try (Connection connection = connect(port, options)) {
            script.run(connection, proxied);
        }
        assertThat(proxied).isEqualTo(direct).isNotEmpty();
        assertThat(router.lost.get()).as("connections lost").isEqualTo(lost);
        assertThat(router.reads.keySet()).containsExactlyInAnyOrder("server1", "server2", "server3");
        return proxied;
    }

    private static Connection connect(int at, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + at + "/demo?user=app&password=app&sslMode=disable" + options);
    }

    private static void note(ResultSet result, List<String> seen) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                row.append(result.getMetaData().getColumnTypeName(i))
                        .append(' ')
                        .append(result.getString(i))
                        .append(' ');
            }
            seen.add(row.toString());
        }
    }

    @Test
    void shouldExecutePreparedStatementsOnEveryServer() throws Exception {
        same("&useServerPrepStmts=true", (connection, seen) -> {
            try (PreparedStatement first = connection.prepareStatement("SELECT ? + 1, ?");
                    PreparedStatement second = connection.prepareStatement("SELECT concat(?, 'x')")) {
                for (int i = 0; i < 12; i++) {
                    first.setInt(1, i);
                    first.setString(2, "value " + i);
                    note(first.executeQuery(), seen);
                    second.setString(1, "y".repeat(i * 100));
                    note(second.executeQuery(), seen);
                }
            }
        });
    }

    @Test
    void shouldKeepTheDescriptionOfResultsRightWhenTypesChange() throws Exception {
        same("&useServerPrepStmts=true&enableSkipMeta=true", (connection, seen) -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
                for (int i = 0; i < 9; i++) {
                    if (i % 3 == 0) {
                        statement.setInt(1, i);
                    } else {
                        statement.setString(1, "text " + i);
                    }
                    note(statement.executeQuery(), seen);
                }
            }
        });
    }

    @Test
    void shouldFetchFromCursors() throws Exception {
        same("&useServerPrepStmts=true", (connection, seen) -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT seq, ? FROM seq_1_to_50")) {
                statement.setFetchSize(7);
                for (int i = 0; i < 4; i++) {
                    statement.setInt(1, i);
                    note(statement.executeQuery(), seen);
                }
            }
        });
    }

    @Test
    void shouldTakeLongData() throws Exception {
        same("&useServerPrepStmts=true", (connection, seen) -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT length(?), md5(?)")) {
                for (int i = 1; i < 6; i++) {
                    byte[] content = new byte[i * 50_000];
                    statement.setBinaryStream(1, new ByteArrayInputStream(content));
                    statement.setBinaryStream(2, new ByteArrayInputStream(content));
                    note(statement.executeQuery(), seen);
                }
            }
        });
    }

    @Test
    void shouldWriteInBulkAndReadItBack() throws Exception {
        same("&useServerPrepStmts=true&useBulkStmts=true", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE OR REPLACE TABLE bulk (a INT, b VARCHAR(20))");
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO bulk VALUES (?, ?)")) {
                    for (int i = 0; i < 100; i++) {
                        insert.setInt(1, i);
                        insert.setString(2, i % 3 == 0 ? null : "b" + i);
                        insert.addBatch();
                    }
                    seen.add("batch " + insert.executeBatch().length);
                }
                cluster.awaitReplicas();
                for (int i = 0; i < 3; i++) {
                    note(statement.executeQuery("SELECT count(*), sum(a), count(b) FROM bulk"), seen);
                }
            }
        });
    }

    @Test
    void shouldSetTheSessionOnEveryServer() throws Exception {
        same("", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET @a = 'one', @b = 2");
                statement.execute("USE other");
                statement.execute("SET SESSION sql_mode = 'ANSI_QUOTES'");
                statement.execute("PREPARE p FROM 'SELECT @a, @b, database()'");
                statement.execute("SET SESSION time_zone = '+03:00'");
                for (int i = 0; i < 6; i++) {
                    note(statement.executeQuery("SELECT @a, @b, database(), @@sql_mode, @@time_zone"), seen);
                    note(statement.executeQuery("EXECUTE p"), seen);
                }
                statement.execute("DEALLOCATE PREPARE p");
            }
        });
    }

    @Test
    void shouldBringServersUpToDateThatAreConnectedLater() throws Exception {
        router.first = List.of("server1");
        router.usable = List.of("server1");
        same("&useServerPrepStmts=true", (connection, seen) -> {
            router.usable = List.of("server1");
            try (Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement("SELECT ?, database()")) {
                statement.execute("SET @a = 'one'");
                statement.execute("USE other");
                statement.execute("SET NAMES utf8mb4");
                try (PreparedStatement closed = connection.prepareStatement("SELECT ?, 1")) {
                    closed.setInt(1, 1);
                    note(closed.executeQuery(), seen);
                }
                prepared.setString(1, "first");
                note(prepared.executeQuery(), seen);
                router.usable = List.of("server1", "server2", "server3");
                for (int i = 0; i < 6; i++) {
                    note(statement.executeQuery("SELECT @a, database()"), seen);
                    prepared.setString(1, "value" + i);
                    note(prepared.executeQuery(), seen);
                }
            }
        });
    }

    @Test
    void shouldForgetItAllWithAReset() throws Exception {
        same("&useResetConnection=true", (connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET @a = 'one'");
                for (int i = 0; i < 3; i++) {
                    note(statement.executeQuery("SELECT @a"), seen);
                }
                connection.unwrap(org.mariadb.jdbc.Connection.class).reset();
                for (int i = 0; i < 3; i++) {
                    note(statement.executeQuery("SELECT @a"), seen);
                }
            }
        });
    }

    @Test
    void shouldGoOnWhenServersKillItsConnections() throws Exception {
        try (Connection connection = connect(port, "&useServerPrepStmts=true");
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("SELECT ?, @a")) {
            statement.execute("SET @a = 'kept'");
            for (int round = 0; round < 4; round++) {
                killAll(cluster.replicas().get(round % 2));
                for (int i = 0; i < 6; i++) {
                    prepared.setInt(1, i);
                    try (ResultSet result = prepared.executeQuery()) {
                        assertThat(result.next()).isTrue();
                        assertThat(result.getString(1) + result.getString(2)).isEqualTo(i + "kept");
                    }
                }
            }
        }
        assertThat(router.lost.get()).isGreaterThanOrEqualTo(4);
    }

    private static void killAll(EmbeddedServer server) {
        server.execute("KILL USER 'app'");
    }

    @Test
    void shouldRetryAReadWhoseServerGoesWhileItRuns() throws Exception {
        router.usable = List.of("server2", "server3");
        try (Connection connection = connect(port, "");
                Statement statement = connection.createStatement()) {
            Thread killer = new Thread(() -> {
                try {
                    ProxyFixture.await(() -> running(cluster.replicas().get(0)));
                    killAll(cluster.replicas().get(0));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            killer.start();
            try (ResultSet result = statement.executeQuery("SELECT sleep(2), @@server_id")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getInt(1)).isZero();
            }
            killer.join();
            note(statement.executeQuery("SELECT 1"), new ArrayList<>());
        }
        assertThatThrownBy(() -> connect(port, "&user=nobody")).isInstanceOf(SQLException.class);
    }

    private static boolean running(EmbeddedServer server) {
        try {
            return server.execute("SELECT info FROM information_schema.processlist WHERE info LIKE 'SELECT sleep%'")
                    .contains("sleep");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
