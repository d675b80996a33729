package org.penstock.sql.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.sql.ClientCharset;
import org.penstock.sql.Dialect;
import org.penstock.sql.SqlMode;

/**
 * A session on the read-only server whose state is compared around statements: all session and user variables, the role and the database. The default
 * character set of the database is left out: servers look at it whenever they come back to a database, and it may have been altered by others.
 * The dialect follows what the server reports, as a proxy's does.
 */
final class ProbedSession implements AutoCloseable {

    private static final String STATE =
            "SELECT CONCAT_WS('/', IFNULL(DATABASE(), ''), IFNULL(CURRENT_ROLE(), ''), (SELECT SUM(CRC32(CONCAT(variable_name, '=',"
                    + " IFNULL(session_value, '')))) FROM information_schema.system_variables WHERE variable_scope <> 'GLOBAL' AND"
                    + " variable_name NOT IN ('TIMESTAMP',"
                    + " 'LAST_INSERT_ID', 'IDENTITY', 'RAND_SEED1', 'RAND_SEED2', 'WARNING_COUNT', 'ERROR_COUNT', 'IN_TRANSACTION',"
                    + " 'LAST_GTID', 'INSERT_ID', 'CHARACTER_SET_DATABASE', 'COLLATION_DATABASE')), IFNULL((SELECT SUM(CRC32(CONCAT(variable_name, '=', IFNULL(variable_value, ''))))"
                    + " FROM information_schema.user_variables), 0)) LIMIT 1";

    private final OracleServer server;
    private final Dialect first;
    private StateClient client;
    private Dialect dialect;
    private String database = OracleServer.DATABASE;
    /** The state before statements whose text said that they keep it; null when it is not known. */
    private @Nullable String baseline;

    ProbedSession(OracleServer server, Dialect dialect) throws IOException {
        this.server = server;
        this.first = dialect;
        this.dialect = dialect;
        client = server.probe();
    }

    String database() {
        return database;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Runs a statement; null when the connection ended with it, and then there is another one. */
    StateClient.@Nullable Answer run(byte[] sql) throws IOException {
        try {
            StateClient.Answer answer = client.query(sql);
            follow(answer.report().changes);
            return answer;
        } catch (IOException lost) {
            renew();
            return null;
        }
    }

    private void follow(Map<String, String> changes) {
        String schema = changes.get("schema");
        if (schema != null && schema.equals(database)) {
            // Servers change to a view's database and back.
            changes.remove("schema");
        } else if (schema != null) {
            database = schema;
        }
        String mode = changes.get("sql_mode");
        if (mode != null) {
            dialect = dialect.withSqlMode(SqlMode.parse(mode));
        }
        String charset = changes.get("character_set_client");
        if (charset != null) {
            dialect = dialect.withCharset(ClientCharset.of(charset));
        }
    }

    /** Before a statement that keeps the state. */
    void remember() throws IOException {
        if (baseline == null) {
            baseline = state();
        }
    }

    /** Whether the state is another one than when it was remembered; afterwards it is not known. */
    boolean hasMoved() throws IOException {
        String before = baseline;
        baseline = null;
        if (before == null) {
            return false;
        }
        String now = state();
        return now != null && !now.equals(before);
    }

    private @Nullable String state() throws IOException {
        try {
            return client.value(STATE);
        } catch (IOException failed) {
            // Such as a limit of rows that a statement has set.
            renew();
            return null;
        }
    }

    /** Lets go of what keeps others from changing tables. */
    void endTransaction() throws IOException {
        if (client.isInTransaction()) {
            run("ROLLBACK".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Begins with a new connection. */
    void renew() throws IOException {
        client.close();
        client = server.probe();
        dialect = first;
        database = OracleServer.DATABASE;
        baseline = null;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
