package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.servers.EmbeddedCluster;

/** What MariaDB's Java client does through the proxy gives the same as straight to the server. */
class ConnectorTest {
    private static EmbeddedCluster cluster;
    private static Reactor reactor;
    private static int port;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        cluster = EmbeddedCluster.builder()
                .replicas(0)
                .option("--local-infile=1")
                .setup("GRANT SELECT ON mysql.proc TO 'app'@'%'")
                .start();
        reactor = new Reactor(Transport.choose(), 2, 2);
        port = TestListener.of(reactor, new TestFront(cluster.primary().port())).openPort();
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

    /** What a client does; what it notes is compared. */
    private interface Script {
        void run(Connection connection, List<String> seen) throws Exception;
    }

    private static List<String> same(String options, Script script) throws Exception {
        List<String> direct = transcript(cluster.primary().port(), options, script);
        List<String> proxied = transcript(port, options, script);
        assertThat(proxied).isEqualTo(direct).isNotEmpty();
        return proxied;
    }

    private static List<String> transcript(int at, String options, Script script) throws Exception {
        List<String> seen = new ArrayList<>();
        String url = "jdbc:mariadb://127.0.0.1:" + at + "/demo?user=app&password=app&sslMode=disable" + options;
        try (Connection connection = DriverManager.getConnection(url)) {
            script.run(connection, seen);
        }
        return seen;
    }

    private static void note(Statement statement, boolean rows, List<String> seen) throws SQLException {
        boolean more = rows;
        while (more || statement.getUpdateCount() >= 0) {
            if (more) {
                note(statement.getResultSet(), seen);
            } else {
                seen.add("affected " + statement.getUpdateCount());
            }
            more = statement.getMoreResults();
        }
    }

    private static void note(ResultSet result, List<String> seen) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                row.append(result.getMetaData().getColumnLabel(i))
                        .append('=')
                        .append(result.getString(i))
                        .append(' ');
            }
            seen.add(row.toString());
        }
    }

    @Test
    void shouldGiveAllResultsOfManyStatements() throws Exception {
        List<String> seen = same("&allowMultiQueries=true", (connection, notes) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS con_multi");
                statement.execute("CREATE TABLE con_multi (id INT PRIMARY KEY, v VARCHAR(10))");
                String sql = "INSERT INTO con_multi VALUES (1, 'a'), (2, NULL); SELECT * FROM con_multi; "
                        + "UPDATE con_multi SET v = 'x'; SELECT seq FROM seq_1_to_5";
                note(statement, statement.execute(sql), notes);
            }
        });
        assertThat(seen).contains("id=1 v=a ", "affected 2", "seq=5 ");
    }

    @Test
    void shouldGiveOutParameters() throws Exception {
        for (String options : new String[] {"", "&useServerPrepStmts=true"}) {
            List<String> seen = same(options, (connection, notes) -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("DROP PROCEDURE IF EXISTS con_proc");
                    statement.execute("CREATE PROCEDURE con_proc(IN a INT, OUT b INT, INOUT c VARCHAR(20)) "
                            + "BEGIN SELECT a; SET b = a * 2; SET c = concat(c, '!'); END");
                }
                try (CallableStatement call = connection.prepareCall("{call con_proc(?, ?, ?)}")) {
                    call.setInt(1, 21);
                    call.registerOutParameter(2, Types.INTEGER);
                    call.setString(3, "in");
                    call.registerOutParameter(3, Types.VARCHAR);
                    call.execute();
                    notes.add(call.getInt(2) + " " + call.getString(3));
                }
            });
            assertThat(seen).containsExactly("42 in!");
        }
    }

    @Test
    void shouldFetchInPartsAndInBulk() throws Exception {
        for (String options :
                new String[] {"", "&useServerPrepStmts=true", "&useServerPrepStmts=true&useBulkStmts=true"}) {
            List<String> seen = same(options, (connection, notes) -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("DROP TABLE IF EXISTS con_bulk");
                    statement.execute("CREATE TABLE con_bulk (id INT PRIMARY KEY, v VARCHAR(200))");
                }
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO con_bulk VALUES (?, ?)")) {
                    for (int i = 0; i < 2000; i++) {
                        insert.setInt(1, i);
                        insert.setString(2, i % 5 == 0 ? null : "v".repeat(i % 200));
                        insert.addBatch();
                    }
                    notes.add("batch " + insert.executeBatch().length);
                    insert.setInt(1, 7);
                    insert.setString(2, "twice");
                    try {
                        insert.executeUpdate();
                    } catch (SQLException e) {
                        notes.add(e.getErrorCode() + e.getSQLState());
                    }
                }
                try (PreparedStatement select =
                        connection.prepareStatement("SELECT * FROM con_bulk WHERE id >= ? ORDER BY id")) {
                    select.setFetchSize(17);
                    select.setInt(1, 3);
                    try (ResultSet result = select.executeQuery()) {
                        note(result, notes);
                    }
                }
            });
            assertThat(seen).hasSize(1 + 1 + 1997).contains("batch 2000", "106223000");
        }
    }

    @Test
    void shouldLoadALocalFile() throws Exception {
        Path file = directory.resolve("rows.txt");
        Files.writeString(file, "0123456789abcdef\n".repeat(300_000));
        Path missing = directory.resolve("missing.txt");
        List<String> seen = same("&allowLocalInfile=true", (connection, notes) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE OR REPLACE TABLE con_load (v CHAR(16)) ENGINE=Aria TRANSACTIONAL=0");
                notes.add("loaded "
                        + statement.executeUpdate("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE con_load"));
                try {
                    statement.executeUpdate("LOAD DATA LOCAL INFILE '" + missing + "' INTO TABLE con_load");
                    notes.add("no error");
                } catch (SQLException e) {
                    notes.add(e.getSQLState());
                }
                note(statement, statement.execute("SELECT count(*) n, min(v), max(v) FROM con_load"), notes);
            }
        });
        assertThat(seen).hasSize(3).contains("loaded 300000").last().asString().contains("n=300000");
    }

    @Test
    void shouldCarryWhatTheClientIsToTheServer() throws Exception {
        for (String options :
                new String[] {"", "&connectionCollation=utf8mb4_general_ci", "&useServerPrepStmts=true"}) {
            List<String> seen = same(options, (connection, notes) -> {
                try (Statement statement = connection.createStatement()) {
                    note(
                            statement,
                            statement.execute("SELECT @@character_set_client c, @@character_set_results r,"
                                    + " @@collation_connection k, database() d, current_user() u, 'äöü€😀' t"),
                            notes);
                    statement.execute("SET @kept = 1");
                    connection.setCatalog("information_schema");
                    notes.add(connection.getCatalog());
                    connection.setCatalog("demo");
                    connection.setAutoCommit(false);
                    note(statement, statement.execute("SELECT @@autocommit, @kept"), notes);
                    connection.rollback();
                    connection.setAutoCommit(true);
                    notes.add(String.valueOf(connection.isValid(5)));
                }
            });
            assertThat(seen).first().asString().contains("d=demo u=app@% t=äöü€😀");
        }
    }

    @Test
    void shouldResetTheConnection() throws Exception {
        List<String> seen = same("&useResetConnection=true", (connection, notes) -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET @kept = 1");
                connection.unwrap(org.mariadb.jdbc.Connection.class).reset();
                note(statement, statement.execute("SELECT @kept k, database() d"), notes);
            }
        });
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0)).startsWith("k=null");
    }
}
