package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.penstock.servers.EmbeddedCluster;

/** Real clients through the reactor to a real server, without a framework. */
class ProxyTest {
    private static EmbeddedCluster cluster;
    private static Reactor reactor;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        cluster = EmbeddedCluster.builder().replicas(0).start();
        reactor = new Reactor(Transport.choose(), 2, 2);
        port = TestListener.of(reactor, new TestFront(cluster.primary().port())).openPort();
    }

    @AfterAll
    static void stop() throws Exception {
        if (reactor != null) {
            reactor.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/demo?user=app&password=app&sslMode=disable" + options);
    }

    @Test
    void shouldAnswerQueriesInTextAndPrepared() throws Exception {
        for (String options : new String[] {"", "&useServerPrepStmts=true"}) {
            try (Connection connection = connect(options);
                    PreparedStatement statement = connection.prepareStatement("SELECT ? + 1, ?")) {
                for (int i = 0; i < 100; i++) {
                    statement.setInt(1, i);
                    statement.setString(2, "x".repeat(i * 100));
                    try (ResultSet result = statement.executeQuery()) {
                        assertThat(result.next()).isTrue();
                        assertThat(result.getInt(1)).isEqualTo(i + 1);
                        assertThat(result.getString(2)).hasSize(i * 100);
                    }
                }
            }
        }
    }

    @Test
    void shouldPassLargeResultsAndLargePackets() throws Exception {
        try (Connection connection = connect("&useServerPrepStmts=true");
                Statement statement = connection.createStatement()) {
            try (ResultSet result = statement.executeQuery("SELECT seq, repeat('y', 100) FROM seq_1_to_100000")) {
                long sum = 0;
                while (result.next()) {
                    sum += result.getLong(1);
                }
                assertThat(sum).isEqualTo(100_000L * 100_001 / 2);
            }
            String large = "z".repeat(20_000_000);
            try (PreparedStatement insert = connection.prepareStatement("SELECT length(?), ?")) {
                insert.setString(1, large);
                insert.setString(2, large);
                try (ResultSet result = insert.executeQuery()) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getInt(1)).isEqualTo(large.length());
                    assertThat(result.getString(2)).isEqualTo(large);
                }
            }
        }
    }

    @Test
    void shouldRefuseAWrongPasswordAsAServerDoes() {
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:mariadb://127.0.0.1:" + port + "/demo?user=app&password=wrong&sslMode=disable"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Access denied for user 'app'@'127.0.0.1' (using password: YES)");
    }
}
