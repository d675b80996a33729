package org.penstock.sql.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A server that is read-only while this is open, with two accounts: one whose writes it refuses, and one that may write all the same. Has
 * database {@link #DATABASE} and those that statements make, and drops them.
 */
final class OracleServer implements AutoCloseable {

    /** The database in which the server's own tests run. */
    static final String DATABASE = "test";

    private static final String[] ACCOUNTS = {"oracle_probe", "oracle_builder"};
    /** Statements of a corpus make databases with such names. */
    private static final String[] PATTERNS = {"test%", "mysqltest%", "mysql\\_test%", "db%", "d_", "s_", "m_"};

    private static final String DATABASES =
            "SELECT IFNULL(GROUP_CONCAT(schema_name ORDER BY schema_name SEPARATOR '/'), '') FROM information_schema.schemata"
                    + " WHERE schema_name NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')";

    private final int port;
    private final StateClient administrator;
    private final Set<String> kept;

    OracleServer(int port, String user, String password) throws IOException {
        this.port = port;
        administrator = new StateClient(port, user, password, "mysql");
        run("SET NAMES latin1, sql_mode = ''");
        run("SET group_concat_max_len = 1000000");
        String tables = administrator.value(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '" + DATABASE + "'");
        if (!tables.equals("0")) {
            throw new IOException("database " + DATABASE + " has tables; the oracle needs a server of its own");
        }
        kept = databases();
        kept.remove(DATABASE);
    }

    /** New ones, since statements may have changed the former. */
    private void makeAccounts() throws IOException {
        for (String account : ACCOUNTS) {
            run("DROP USER IF EXISTS " + account + "@'%'");
            run("CREATE USER " + account + "@'%'");
            for (String pattern : PATTERNS) {
                run("GRANT ALL ON `" + pattern + "`.* TO " + account + "@'%'");
            }
            run("GRANT SELECT ON mysql.* TO " + account + "@'%'");
        }
        run("GRANT READ ONLY ADMIN ON *.* TO oracle_builder@'%'");
    }

    private Set<String> databases() throws IOException {
        Set<String> names = new TreeSet<>(Set.of(administrator.value(DATABASES).split("/")));
        names.remove("");
        return names;
    }

    private void run(String sql) throws IOException {
        StateClient.Answer answer = administrator.query(sql.getBytes(StandardCharsets.UTF_8));
        if (answer.error() != 0) {
            throw new IOException(sql + ": " + answer.message());
        }
    }

    /** Leaves {@link #DATABASE}, empty, of what statements made. */
    void clean() throws IOException {
        for (String name : databases()) {
            if (!kept.contains(name)) {
                run("DROP DATABASE `" + name.replace("`", "``") + "`");
            }
        }
        makeAccounts();
        run("SET GLOBAL read_only = 1");
        run("CREATE DATABASE " + DATABASE + " CHARACTER SET latin1");
    }

    /** The definition of a view, null when there is none of that name. */
    @Nullable
    String view(String database, String name) throws IOException {
        String definition = administrator.value(
                "SELECT IFNULL(MAX(view_definition), '') FROM information_schema.views WHERE table_schema = '"
                        + database.replace("'", "''") + "' AND table_name = '" + name.replace("'", "''") + "'");
        return definition.isEmpty() ? null : definition;
    }

    /** A connection whose writes are refused, with everything reported that can be. */
    StateClient probe() throws IOException {
        StateClient client = new StateClient(port, ACCOUNTS[0], "", DATABASE);
        settings(
                client,
                "max_statement_time = 1, session_track_system_variables = '*', session_track_schema = 1,"
                        + " session_track_state_change = 1");
        return client;
    }

    /** A connection that may write. */
    StateClient builder() throws IOException {
        StateClient client = new StateClient(port, ACCOUNTS[1], "", DATABASE);
        settings(client, "max_statement_time = 2");
        return client;
    }

    private static void settings(StateClient client, String more) throws IOException {
        String set = "SET NAMES latin1, sql_mode = '', lock_wait_timeout = 1, innodb_lock_wait_timeout = 1, " + more;
        StateClient.Answer answer = client.query(set.getBytes(StandardCharsets.UTF_8));
        if (answer.error() != 0) {
            throw new IOException(set + ": " + answer.message());
        }
    }

    @Override
    public void close() throws IOException {
        clean();
        run("SET GLOBAL read_only = 0");
        for (String account : ACCOUNTS) {
            run("DROP USER IF EXISTS " + account + "@'%'");
        }
        administrator.close();
    }
}
