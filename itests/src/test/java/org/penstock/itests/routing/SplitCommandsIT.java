package org.penstock.itests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.WireClient;

/** Commands that are more than a statement, through readwritesplit: procedures, local files, cursors, bulk, and the change of the account. */
class SplitCommandsIT {
    private static final String WHERE = "SELECT @@server_id";
    private static final int READS = 8;

    @TempDir
    static Path temp;

    private static PenstockProcess penstock;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = FreePort.next();
        penstock = PenstockProcess.start(
                        Distribution.in(temp.resolve("penstock")),
                        temp.resolve("run"),
                        Cluster.sections() + ReadWriteSplitIT.split("Split", "", port))
                .awaitReady();
        Await.until("the servers are known", penstock::complaints, () -> {
            String servers = penstock.shell("list servers");
            return servers.contains("Master, Running") && servers.split("Slave, Running", -1).length == 3;
        });
        try (Client client = Client.to(port)) {
            client.execute("CREATE OR REPLACE TABLE commands (id INT AUTO_INCREMENT PRIMARY KEY, kind VARCHAR(20),"
                    + " server INT)");
            client.execute("CREATE OR REPLACE PROCEDURE writes(IN k VARCHAR(20), OUT rows_of INT, INOUT n INT) BEGIN"
                    + " INSERT INTO commands (kind, server) VALUES (k, @@server_id);"
                    + " SELECT COUNT(*) INTO rows_of FROM commands WHERE kind = k; SET n = n + 1;"
                    + " SELECT @@server_id AS here; END");
        }
        Cluster.shared().awaitReplicas();
    }

    @AfterAll
    static void stop() {
        if (penstock != null) {
            penstock.close();
        }
    }

    @AfterEach
    void noModuleFailed() {
        assertThat(penstock.log()).doesNotContain("LEAK:", "Exception");
    }

    private static Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(ReadWriteSplitIT.url(port, options), "app", "app");
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows of a kind, of which all were written on the primary. */
    private static void assertWritten(Connection connection, String kind, int rows) throws SQLException {
        assertThat(value(
                        connection,
                        "SELECT CONCAT(COUNT(*), ' ', MIN(server), ' ', MAX(server)) FROM commands WHERE kind = '"
                                + kind + "' FOR UPDATE"))
                .isEqualTo(rows + " 1 1");
    }

    private static void assertReadsElsewhere(Connection connection) throws SQLException {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < READS; i++) {
            seen.add(value(connection, WHERE));
        }
        assertThat(seen).doesNotContain("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&useServerPrepStmts=true"})
    void shouldCallAProcedureThatWritesAndHasOutParameters(String option) throws Exception {
        String kind = "call" + option.length();
        try (Connection connection = connect(option);
                CallableStatement call = connection.prepareCall("{call writes(?, ?, ?)}")) {
            for (int i = 1; i <= READS; i++) {
                call.setString(1, kind);
                call.registerOutParameter(2, Types.INTEGER);
                call.setInt(3, 40 + i);
                call.registerOutParameter(3, Types.INTEGER);
                call.execute();
                assertThat(call.getInt(2)).isEqualTo(i);
                assertThat(call.getInt(3)).isEqualTo(41 + i);
                assertReadsElsewhere(connection);
            }
            assertWritten(connection, kind, READS);
        }
    }

    @Test
    void shouldReadWhatAProcedureLeftInVariables() throws Exception {
        try (Connection connection = connect("")) {
            for (int i = 1; i <= READS; i++) {
                execute(connection, "SET @n = " + i);
                execute(connection, "CALL writes('variables', @rows, @n)");
                assertThat(value(connection, "SELECT CONCAT(@rows, ' ', @n)")).isEqualTo(i + " " + (i + 1));
            }
            assertWritten(connection, "variables", READS);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLoadALocalFileIntoThePrimary(boolean inTransaction) throws Exception {
        String kind = "file" + inTransaction;
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            file.append(kind).append('\t').append(1).append('\n');
        }
        try (Connection connection = connect("&allowLocalInfile=true");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(!inTransaction);
            statement
                    .unwrap(org.mariadb.jdbc.Statement.class)
                    .setLocalInfileInputStream(
                            new ByteArrayInputStream(file.toString().getBytes(StandardCharsets.US_ASCII)));
            assertThat(statement.executeUpdate("LOAD DATA LOCAL INFILE 'rows' INTO TABLE commands (kind, server)"))
                    .isEqualTo(500);
            assertWritten(connection, kind, 500);
            if (inTransaction) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
            assertThat(value(connection, "SELECT COUNT(*) FROM commands WHERE kind = '" + kind + "' FOR UPDATE"))
                    .isEqualTo(inTransaction ? "0" : "500");
            assertReadsElsewhere(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&useServerPrepStmts=true&useBulkStmts=true",
                "&useServerPrepStmts=true",
                "&rewriteBatchedStatements=true"
            })
    void shouldWriteABatchOnThePrimary(String option) throws Exception {
        String kind = "bulk" + option.length();
        try (Connection connection = connect(option);
                PreparedStatement write =
                        connection.prepareStatement("INSERT INTO commands (kind, server) VALUES (?, @@server_id)")) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 50; i++) {
                    write.setString(1, kind);
                    write.addBatch();
                }
                assertThat(write.executeBatch()).hasSize(50);
                assertReadsElsewhere(connection);
            }
            assertWritten(connection, kind, 150);
        }
    }

    @Test
    void shouldReadTwoCursorsBesideOtherCommands() throws Exception {
        String sql = "SELECT id, @@server_id FROM items WHERE id > ? ORDER BY id";
        try (Connection connection = connect("&useServerPrepStmts=true");
                PreparedStatement first = connection.prepareStatement(sql);
                PreparedStatement second = connection.prepareStatement(sql)) {
            first.setFetchSize(7);
            second.setFetchSize(11);
            first.setInt(1, 0);
            second.setInt(1, 500);
            int rows = 0;
            try (ResultSet one = first.executeQuery();
                    ResultSet two = second.executeQuery()) {
                while (one.next()) {
                    assertThat(one.getInt(1)).isEqualTo(++rows);
                    if (two.next()) {
                        assertThat(two.getInt(1)).isEqualTo(500 + rows);
                    }
                    if (rows % 100 == 0) {
                        execute(connection, "SET @at = " + rows);
                        assertThat(value(connection, "SELECT @at")).isEqualTo(Integer.toString(rows));
                    }
                }
            }
            assertThat(rows).isEqualTo(1000);
        }
    }

    @Test
    void shouldForgetTheSessionWhenItsAccountChanges() throws Exception {
        try (WireClient client = new WireClient(port)) {
            assertThat(client.login()[0]).isZero();
            for (int round = 0; round < 3; round++) {
                assertThat(client.command("SET @a = " + round)[0]).isZero();
                assertThat(client.value("SELECT CONCAT(@a, ' ', @@server_id > 1)"))
                        .isEqualTo(round + " 1");
                assertThat(client.command("BEGIN")[0]).isZero();
                assertThat(client.value(WHERE)).isEqualTo("1");
                assertThat(client.changeUser()[0]).isZero();
                for (int i = 0; i < READS; i++) {
                    assertThat(client.value("SELECT CONCAT(COALESCE(@a, 'none'), ' ', @@server_id > 1)"))
                            .isEqualTo("none 1");
                }
            }
        }
    }
}
