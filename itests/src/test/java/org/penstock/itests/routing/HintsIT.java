package org.penstock.itests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.ProbeBundle;
import org.penstock.servers.EmbeddedServer;

/** Hints of hintfilter and namedserverfilter decide where readwritesplit sends statements, text and binary, over upgrades of both filters. */
class HintsIT {
    private static final String WHERE = "SELECT @@server_id";
    private static final String FILTERS =
            """

            [Hint]
            type=filter
            module=hintfilter

            [Named]
            type=filter
            module=namedserverfilter
            match01=FROM customers
            target01=server3
            match02=FROM orders
            target02=->master
            match03=everywhere
            target03=->all
            """;

    @TempDir
    static Path temp;

    private static int port;
    private static PenstockProcess penstock;
    private static int version;

    @BeforeAll
    static void start() throws Exception {
        port = FreePort.next();
        penstock = PenstockProcess.start(
                        Distribution.in(temp.resolve("penstock")),
                        temp.resolve("run"),
                        Cluster.sections()
                                + FILTERS
                                + Cluster.service("Split", "Hint|Named", port)
                                        .replace("router=readconnroute", "router=readwritesplit")
                                        .replace("router_options=master", ""))
                .awaitReady();
        Await.until("primary and replicas are known", penstock::complaints, () -> {
            String servers = penstock.shell("list servers");
            return servers.contains("Master, Running") && servers.split("Slave, Running", -1).length == 3;
        });
    }

    @AfterAll
    static void stop() {
        if (penstock != null) {
            penstock.close();
        }
    }

    private Connection connect(boolean binary) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/demo?sslMode=disable&useServerPrepStmts=" + binary,
                "app",
                "app");
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static String ask(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void shouldSendEachStatementWhereItsHintSays() throws Exception {
        try (Connection connection = connect(false)) {
            for (int round = 0; round < 5; round++) {
                assertThat(ask(connection, WHERE)).isIn("2", "3");
                assertThat(ask(connection, WHERE + " -- maxscale route to master"))
                        .isEqualTo("1");
                assertThat(ask(connection, "/* maxscale route to server server2 */ " + WHERE))
                        .isEqualTo("2");
                assertThat(ask(connection, WHERE + " # maxscale route to last")).isEqualTo("2");
                assertThat(ask(connection, WHERE + " /* maxscale route to server server3 */"))
                        .isEqualTo("3");
                assertThat(ask(connection, WHERE + " # maxscale route to last")).isEqualTo("3");
                assertThat(ask(connection, WHERE + " FOR UPDATE -- maxscale route to slave"))
                        .isIn("2", "3");
                assertThat(ask(connection, WHERE + " FROM customers")).isEqualTo("3");
                assertThat(ask(connection, WHERE + " FROM orders")).isEqualTo("1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadEverywhereAndWriteOnceWhereAPatternSaysAllServers(boolean binary) throws Exception {
        Cluster.shared().primary().execute("CREATE OR REPLACE TABLE demo.everywhere (server INT)");
        Cluster.shared().awaitReplicas();
        try (Connection connection = connect(binary);
                PreparedStatement write = connection.prepareStatement("INSERT INTO everywhere VALUES (@@server_id)");
                PreparedStatement read =
                        connection.prepareStatement("SELECT @@server_id, 'everywhere' FROM items LIMIT 1")) {
            String history = history(connection);
            write.executeUpdate();
            assertThat(ask(connection, "SELECT server FROM everywhere")).isEqualTo("1");
            assertThat(ask(read)).isEqualTo("1");
            try (Statement statement = connection.createStatement()) {
                statement.execute("UPDATE everywhere SET server = server + 10");
                statement.execute("BEGIN");
                statement.execute("INSERT INTO everywhere VALUES (5)");
                statement.execute("COMMIT");
            }
            assertThat(history(connection))
                    .as("statements that a new server gets")
                    .isEqualTo(history);
            assertThat(ask(connection, WHERE)).isIn("2", "3");
        }
        Cluster.shared().awaitReplicas();
        for (EmbeddedServer server : Cluster.shared().servers()) {
            assertThat(server.execute("SELECT GROUP_CONCAT(server ORDER BY server) FROM demo.everywhere"))
                    .as(server.name())
                    .isEqualTo("5,11");
        }
        assertThat(penstock.log()).doesNotContain("for all servers gave");
    }

    private static String history(Connection connection) throws Exception {
        long id = connection
                .unwrap(org.mariadb.jdbc.Connection.class)
                .getContext()
                .getThreadId();
        return penstock.shell("show session " + id + " --tsv")
                .lines()
                .filter(line -> line.startsWith("History\t"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepHintsOfStatementsAndSessionsOverUpgradesOfTheFilters(boolean binary) throws Exception {
        try (Connection connection = connect(binary);
                PreparedStatement hinted =
                        connection.prepareStatement(WHERE + " FROM items WHERE id = ? -- maxscale route to master");
                PreparedStatement named = connection.prepareStatement(WHERE + " FROM customers WHERE id = ?");
                PreparedStatement plain = connection.prepareStatement(WHERE + " FROM items WHERE id = ?")) {
            for (PreparedStatement each : new PreparedStatement[] {hinted, named, plain}) {
                each.setInt(1, 7);
            }
            ask(connection, WHERE + " -- maxscale two prepare route to server server2");
            for (int round = 0; round < 3; round++) {
                assertThat(ask(hinted)).isEqualTo("1");
                assertThat(ask(named)).isEqualTo("3");
                assertThat(ask(plain)).isIn("2", "3");
                assertThat(ask(connection, WHERE + " -- maxscale two begin")).isEqualTo("2");
                version++;
                for (String module : new String[] {"hintfilter", "namedserverfilter"}) {
                    Path jar = ProbeBundle.raised("org.penstock.filter." + module, temp, version);
                    assertThat(penstock.shell("mod:upgrade " + jar)).contains("0.1." + version);
                }
                assertThat(ask(connection, WHERE)).isEqualTo("2");
                assertThat(ask(plain)).isEqualTo("2");
                ask(connection, WHERE + " -- maxscale end");
            }
        }
        assertThat(penstock.shell("show filter Hint")).contains("hinted");
        assertThat(penstock.shell("show filter Named")).contains("queries_diverted");
        assertThat(penstock.log()).doesNotContain("LEAK:");
    }
}
