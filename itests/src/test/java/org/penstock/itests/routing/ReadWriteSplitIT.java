package org.penstock.itests.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;

/** What one session sees of readwritesplit while all servers are well; each row of the table of classes that a client can tell apart. */
class ReadWriteSplitIT {
    private static final String WHERE = "SELECT @@server_id";
    private static final String PRIMARY = "1";
    private static final int READS = 12;

    @TempDir
    static Path temp;

    private static PenstockProcess penstock;
    private static int port;
    private static int strict;
    private static int variablesOnPrimary;

    @BeforeAll
    static void start() throws Exception {
        port = FreePort.next();
        strict = FreePort.next();
        variablesOnPrimary = FreePort.next();
        penstock = PenstockProcess.start(
                        Distribution.in(temp.resolve("penstock")),
                        temp.resolve("run"),
                        Cluster.sections()
                                + split("Split", "", port)
                                + split("Strict", "strict_multi_stmt=true\nstrict_sp_calls=true", strict)
                                + split("Variables", "router_options=use_sql_variables_in=master", variablesOnPrimary))
                .awaitReady();
        Await.until("the servers are known", penstock::complaints, () -> {
            String servers = penstock.shell("list servers");
            return servers.contains("Master, Running") && servers.split("Slave, Running", -1).length == 3;
        });
        try (Client client = Client.to(port)) {
            client.execute("CREATE OR REPLACE TABLE rw (id INT AUTO_INCREMENT PRIMARY KEY, server INT)");
        }
        Cluster.shared().awaitReplicas();
    }

    static String split(String name, String parameters, int port) {
        return Cluster.service(name, "", port)
                .replace("router=readconnroute\nrouter_options=master", "router=readwritesplit\n" + parameters);
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

    private static Set<String> servers(Client client, String sql) throws SQLException {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < READS; i++) {
            seen.add(client.value(sql));
        }
        return seen;
    }

    @Test
    void shouldShareReadsOutAndWriteOnThePrimary() throws Exception {
        try (Client client = Client.to(port)) {
            assertThat(servers(client, WHERE)).containsExactlyInAnyOrder("2", "3");
            for (int i = 0; i < 5; i++) {
                client.execute("INSERT INTO rw (server) SELECT @@server_id");
            }
            assertThat(client.value("SELECT LAST_INSERT_ID()")).isNotEqualTo("0");
            assertThat(client.value("SELECT GROUP_CONCAT(DISTINCT server) FROM rw FOR UPDATE"))
                    .isEqualTo(PRIMARY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT @@server_id FROM items LIMIT 1 FOR UPDATE",
                "SELECT @@server_id FROM items LIMIT 1 LOCK IN SHARE MODE",
                "SELECT @@server_id, GET_LOCK('x', 0)",
                "SELECT @@server_id, LAST_INSERT_ID()",
                "SELECT @@server_id; SELECT 2",
                "/*!50000 SELECT @@server_id FROM items LIMIT 1 FOR UPDATE */",
            })
    void shouldAskThePrimaryWhatItAloneCanAnswer(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(url(port, "&allowMultiQueries=true"), "app", "app");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo(PRIMARY);
        }
    }

    @Test
    void shouldKeepATransactionOnThePrimary() throws Exception {
        try (Client client = Client.to(port)) {
            for (String begin : List.of("BEGIN", "START TRANSACTION", "START TRANSACTION READ WRITE")) {
                client.execute(begin);
                assertThat(servers(client, WHERE)).containsExactly(PRIMARY);
                client.execute("INSERT INTO rw (server) VALUES (0)");
                assertThat(client.value("SELECT COUNT(*) > 0 FROM rw WHERE server = 0"))
                        .isEqualTo("1");
                client.execute("ROLLBACK");
                assertThat(servers(client, WHERE)).doesNotContain(PRIMARY);
            }
        }
    }

    @Test
    void shouldKeepAReadOnlyTransactionOnOneReplica() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("START TRANSACTION READ ONLY");
            assertThat(servers(client, WHERE)).hasSize(1).doesNotContain(PRIMARY);
            assertThatThrownBy(() -> client.execute("INSERT INTO rw (server) VALUES (0)"))
                    .isInstanceOf(SQLException.class);
            assertThat(servers(client, WHERE)).hasSize(1).doesNotContain(PRIMARY);
            client.execute("BEGIN");
            assertThat(servers(client, WHERE)).containsExactly(PRIMARY);
            client.execute("COMMIT");
            assertThat(servers(client, WHERE)).doesNotContain(PRIMARY);
        }
    }

    @Test
    void shouldKeepToThePrimaryWhileAutocommitIsOff() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("SET autocommit = 0");
            assertThat(servers(client, WHERE)).containsExactly(PRIMARY);
            client.execute("COMMIT");
            assertThat(servers(client, WHERE)).containsExactly(PRIMARY);
            client.execute("SET autocommit = 1");
            assertThat(servers(client, WHERE)).doesNotContain(PRIMARY);
        }
    }

    /** As a pool does with connections that are read only for a while. */
    @Test
    void shouldWriteOnThePrimaryAfterReadOnlyTransactionsWithoutAutocommit() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("SET SESSION TRANSACTION READ ONLY");
            client.execute("SET autocommit = 0");
            assertThat(servers(client, WHERE)).doesNotContain(PRIMARY);
            assertThat(client.value("SELECT COUNT(*) > 0 FROM items")).isEqualTo("1");
            client.execute("COMMIT");
            client.execute("SET SESSION TRANSACTION READ WRITE");
            client.execute("INSERT INTO rw (server) SELECT @@server_id");
            assertThat(client.value("SELECT server FROM rw ORDER BY id DESC LIMIT 1"))
                    .isEqualTo(PRIMARY);
            client.execute("COMMIT");
        }
    }

    @Test
    void shouldRunTheNextTransactionWhereItWasSpokenOf() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
            client.execute("START TRANSACTION READ ONLY");
            assertThat(servers(client, WHERE)).containsExactly(PRIMARY);
            client.execute("COMMIT");
            assertThat(servers(client, WHERE)).doesNotContain(PRIMARY);
        }
    }

    @Test
    void shouldStayWithThePrimaryWhileTransactionsAreSerializable() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            assertThat(servers(client, WHERE)).containsExactly(PRIMARY);
            client.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            assertThat(servers(client, WHERE)).doesNotContain(PRIMARY);
        }
    }

    @Test
    void shouldChangeTheSessionEverywhere() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("SET @a = 41");
            client.execute("SET @b = @a + 1");
            client.execute("SET SESSION sort_buffer_size = 262144");
            client.execute("USE information_schema");
            assertThat(servers(client, "SELECT CONCAT(@a + @b, ' ', @@sort_buffer_size, ' ', DATABASE())"))
                    .containsExactly("83 262144 information_schema");
            assertThat(client.value("SELECT @c := 7")).isEqualTo("7");
            assertThat(servers(client, "SELECT @c")).containsExactly("7");
            client.execute("SELECT id INTO @d FROM demo.items WHERE id = 9");
            assertThat(servers(client, "SELECT @d")).containsExactly("9");
        }
    }

    @Test
    void shouldKeepVariablesOfSelectOnThePrimaryWhenAskedTo() throws Exception {
        try (Client client = Client.to(variablesOnPrimary)) {
            assertThat(client.value("SELECT @c := @@server_id")).isEqualTo(PRIMARY);
            assertThat(servers(client, "SELECT @c")).containsExactly(PRIMARY);
            client.execute("SET @s = @@server_id");
            assertThat(servers(client, WHERE)).doesNotContain(PRIMARY);
        }
    }

    @Test
    void shouldReadTemporaryTablesOnThePrimary() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("CREATE TEMPORARY TABLE own (a INT)");
            client.execute("INSERT INTO own VALUES (1), (2)");
            assertThat(servers(client, "SELECT CONCAT(COUNT(*), ' on ', @@server_id) FROM own"))
                    .containsExactly("2 on 1");
            assertThat(servers(client, "SELECT CONCAT(COUNT(*), ' on ', @@server_id) FROM demo.own"))
                    .containsExactly("2 on 1");
            assertThat(servers(client, "SELECT @@server_id FROM items LIMIT 1")).doesNotContain(PRIMARY);
            client.execute("DROP TABLE own");
            assertThat(servers(client, WHERE)).doesNotContain(PRIMARY);
        }
    }

    @Test
    void shouldAskThePreviousServerForFoundRows() throws Exception {
        try (Client client = Client.to(port)) {
            for (int i = 0; i < READS; i++) {
                int below = 2 + i * 7;
                client.execute("SELECT SQL_CALC_FOUND_ROWS id FROM items WHERE id < " + below + " LIMIT 1");
                assertThat(client.value("SELECT FOUND_ROWS()")).isEqualTo(Integer.toString(below - 1));
            }
        }
    }

    @Test
    void shouldShowTheWarningsOfTheStatementBefore() throws Exception {
        try (Client client = Client.to(port)) {
            for (int i = 0; i < READS; i++) {
                client.value("SELECT CAST('" + i + "x' AS SIGNED)");
                assertThat(client.value("SELECT @@warning_count")).isEqualTo("1");
                assertThat(warning(client)).contains("'" + i + "x'");
                assertThat(warning(client)).as("as often as one asks").contains("'" + i + "x'");
            }
            client.execute("INSERT IGNORE INTO rw (server) VALUES (CAST('1y' AS SIGNED))");
            assertThat(warning(client)).contains("'1y'");
            // what reads no table leaves the warnings as they are
            client.value("SELECT COUNT(*) FROM items");
            assertThat(client.value("SHOW COUNT(*) WARNINGS")).isEqualTo("0");
        }
    }

    private static String warning(Client client) throws SQLException {
        try (Statement statement = client.connection().createStatement();
                ResultSet warnings = statement.executeQuery("SHOW WARNINGS")) {
            return warnings.next() ? warnings.getString("Message") : "";
        }
    }

    @Test
    void shouldSeeAVariableThatOneServerAloneCouldSet() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("INSERT INTO rw (server) VALUES (1)");
            client.execute("SELECT LAST_INSERT_ID() INTO @id");
            assertThat(servers(client, "SELECT @id > 0")).containsExactly("1");
        }
        try (Client client = Client.to(port)) {
            client.execute("SELECT SQL_CALC_FOUND_ROWS id FROM items WHERE id < 6 LIMIT 1");
            client.execute("SELECT FOUND_ROWS() INTO @n");
            assertThat(servers(client, "SELECT @n")).containsExactly("5");
            assertThat(servers(client, WHERE)).hasSize(1).doesNotContain(PRIMARY);
            assertThat(shown(client)).contains("[SESSION_STATE] on server");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            LOCK TABLES items READ | UNLOCK TABLES | Stays with | [LOCK_TABLES] on server1
            XA START 'shown' | XA END 'shown'; XA ROLLBACK 'shown' | Stays with | [XA] on server1
            HANDLER items OPEN | HANDLER items CLOSE | Stays with | [HANDLER] on server1
            SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE | SET tx_isolation='READ-COMMITTED' | Stays with | [SERIALIZABLE] on server1
            SET tx_isolation='SERIALIZABLE' | SET SESSION tx_isolation='READ-COMMITTED' | Stays with | [SERIALIZABLE] on server1
            SET @x = LAST_INSERT_ID() | - | Stays with | [SESSION_STATE] on server1
            CREATE TEMPORARY TABLE shown (a INT) | DROP TABLE shown | Temporary tables | demo.shown
            """)
    void shouldShowWhyASessionStaysWithAServer(String begins, String ends, String row, String expected)
            throws Exception {
        try (Client client = Client.to(port)) {
            client.execute(begins);
            assertThat(shown(client)).contains(expected);
            assertThat(shown(client).lines().filter(line -> line.contains(row)))
                    .anyMatch(line -> line.contains(expected));
            if (!ends.equals("-")) {
                for (String end : ends.split("; ")) {
                    client.execute(end);
                }
                assertThat(shown(client)).doesNotContain(expected);
            }
        }
    }

    private static String shown(Client client) throws Exception {
        return penstock.shell("show session " + id(client));
    }

    /** What may end the transaction and write is not sent to its replica; what the server itself commits before goes to the primary. */
    @Test
    void shouldNotLetAReadOnlyTransactionEndInAWriteOnItsReplica() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute(
                    "CREATE OR REPLACE PROCEDURE writes() BEGIN COMMIT; INSERT INTO rw (server) VALUES (77); END");
            Cluster.shared().awaitReplicas();
            client.execute("START TRANSACTION READ ONLY");
            String on = client.value(WHERE);
            for (String sql : List.of(
                    "CALL writes()",
                    "BEGIN NOT ATOMIC COMMIT; INSERT INTO rw (server) VALUES (77); END",
                    "EXECUTE IMMEDIATE 'COMMIT'")) {
                assertThat(catchThrowableOfType(SQLException.class, () -> client.execute(sql))
                                .getErrorCode())
                        .as(sql)
                        .isEqualTo(1792);
            }
            assertThat(servers(client, WHERE)).as("the transaction goes on").containsExactly(on);
            client.execute("CREATE OR REPLACE TABLE made_in_read_only (a INT)");
            assertThat(servers(client, WHERE))
                    .as("the server committed")
                    .doesNotContain(PRIMARY)
                    .hasSize(2);
            assertThat(client.value("SELECT COUNT(*) FROM made_in_read_only FOR UPDATE"))
                    .isEqualTo("0");
            assertThat(client.value("SELECT COUNT(*) FROM rw WHERE server = 77 FOR UPDATE"))
                    .isEqualTo("0");
            client.execute("CALL writes()");
            assertThat(client.value("SELECT COUNT(*) FROM rw WHERE server = 77 FOR UPDATE"))
                    .isEqualTo("1");
        }
    }

    @Test
    void shouldReadTemporaryTablesInAReadOnlyTransaction() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("CREATE TEMPORARY TABLE own (a INT)");
            client.execute("START TRANSACTION READ ONLY");
            assertThat(servers(client, "SELECT CONCAT(COUNT(*), ' on ', @@server_id) FROM own"))
                    .containsExactly("0 on 1");
            client.execute("COMMIT");
        }
    }

    @Test
    void shouldStayWhereTablesAreLocked() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("LOCK TABLES items READ");
            assertThat(servers(client, WHERE)).containsExactly(PRIMARY);
            client.execute("UNLOCK TABLES");
            assertThat(servers(client, WHERE)).doesNotContain(PRIMARY);
        }
    }

    @Test
    void shouldFollowXaUntilItHasEnded() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("XA START 'rw'");
            client.execute("INSERT INTO rw (server) VALUES (9)");
            assertThat(servers(client, WHERE)).containsExactly(PRIMARY);
            client.execute("XA END 'rw'");
            client.execute("XA ROLLBACK 'rw'");
            assertThat(servers(client, WHERE)).doesNotContain(PRIMARY);
        }
    }

    @Test
    void shouldPinAfterSeveralStatementsOnlyWhenStrict() throws Exception {
        for (int each : new int[] {port, strict}) {
            try (Connection connection =
                            DriverManager.getConnection(url(each, "&allowMultiQueries=true"), "app", "app");
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1; SELECT 2");
                List<String> seen = new ArrayList<>();
                for (int i = 0; i < READS; i++) {
                    try (ResultSet result = statement.executeQuery(WHERE)) {
                        result.next();
                        seen.add(result.getString(1));
                    }
                }
                if (each == strict) {
                    assertThat(seen).containsOnly(PRIMARY);
                } else {
                    assertThat(seen).doesNotContain(PRIMARY);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&useServerPrepStmts=true", "&useServerPrepStmts=true&useBulkStmts=true"})
    void shouldRoutePreparedStatementsByTheirText(String option) throws Exception {
        try (Connection connection = DriverManager.getConnection(url(port, option), "app", "app");
                PreparedStatement read =
                        connection.prepareStatement("SELECT @@server_id, name FROM items WHERE id = ?");
                PreparedStatement write =
                        connection.prepareStatement("INSERT INTO rw (server) VALUES (@@server_id + ?)")) {
            Set<String> seen = new HashSet<>();
            for (int i = 1; i <= READS; i++) {
                read.setInt(1, i);
                try (ResultSet result = read.executeQuery()) {
                    assertThat(result.next()).isTrue();
                    seen.add(result.getString(1));
                }
                write.setInt(1, 100);
                assertThat(write.executeUpdate()).isEqualTo(1);
            }
            assertThat(seen).containsExactlyInAnyOrder("2", "3");
        }
    }

    @Test
    void shouldRouteTextPreparedStatementsByTheirText() throws Exception {
        try (Client client = Client.to(port)) {
            client.execute("PREPARE r1 FROM 'SELECT @@server_id'");
            client.execute("PREPARE w1 FROM 'INSERT INTO rw (server) VALUES (@@server_id)'");
            assertThat(servers(client, "EXECUTE r1")).containsExactlyInAnyOrder("2", "3");
            client.execute("EXECUTE w1");
            client.execute("DEALLOCATE PREPARE r1");
            assertThatThrownBy(() -> client.execute("EXECUTE r1")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void shouldReadACursorWhereItWasOpened() throws Exception {
        try (Connection connection = DriverManager.getConnection(url(port, "&useServerPrepStmts=true"), "app", "app");
                PreparedStatement read = connection.prepareStatement("SELECT id, @@server_id FROM items ORDER BY id")) {
            read.setFetchSize(10);
            try (ResultSet result = read.executeQuery()) {
                int rows = 0;
                Set<String> seen = new HashSet<>();
                while (result.next()) {
                    rows++;
                    seen.add(result.getString(2));
                }
                assertThat(rows).isEqualTo(1000);
                assertThat(seen).hasSize(1);
            }
        }
    }

    @Test
    void shouldForgetTheSessionWhenItIsReset() throws Exception {
        try (Connection connection = DriverManager.getConnection(url(port, "&useResetConnection=true"), "app", "app");
                Statement statement = connection.createStatement()) {
            statement.execute("SET @a = 1");
            statement.execute("BEGIN");
            connection.unwrap(org.mariadb.jdbc.Connection.class).reset();
            for (int i = 0; i < READS; i++) {
                try (ResultSet result = statement.executeQuery("SELECT COALESCE(@a, 'none'), @@server_id")) {
                    result.next();
                    assertThat(result.getString(1)).isEqualTo("none");
                    assertThat(result.getString(2)).isNotEqualTo(PRIMARY);
                }
            }
        }
    }

    @Test
    void shouldShowWhatItCounted() throws Exception {
        long before = counter("route_slave");
        long writes = counter("server1.write");
        try (Client client = Client.to(port)) {
            servers(client, WHERE);
            client.execute("INSERT INTO rw (server) VALUES (1)");
        }
        assertThat(counter("route_slave")).isGreaterThanOrEqualTo(before + READS);
        assertThat(counter("server1.write")).isGreaterThan(writes);
        assertThat(counter("server2.read") + counter("server3.read")).isGreaterThanOrEqualTo(READS);
        Await.until("the ended session is counted", () -> counter("sessions_ended") > 0);
        assertThat(penstock.shell("show service Split")).contains("server2.response_us", "average_session_ms");
    }

    private static long counter(String name) throws Exception {
        String shown = penstock.shell("show service Split");
        Matcher matcher =
                Pattern.compile("Counter " + Pattern.quote(name) + "\\D+(\\d+)").matcher(shown);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static String id(Client client) throws SQLException {
        return Long.toString(client.connection()
                .unwrap(org.mariadb.jdbc.Connection.class)
                .getContext()
                .getThreadId());
    }

    static String url(int port, String options) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/demo?sslMode=disable&socketTimeout=60000" + options;
    }
}
