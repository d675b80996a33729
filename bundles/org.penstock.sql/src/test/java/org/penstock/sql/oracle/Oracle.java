package org.penstock.sql.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;
import org.penstock.sql.Classification;
import org.penstock.sql.Classifier;
import org.penstock.sql.Dialect;

/**
 * Asks a real server that is read-only: what it refuses to an ordinary account is a write, and what it reports as a change of session state
 * must have been seen in the text. Statements also run, where they only make or fill tables, through an account that may write, so that later
 * statements find their tables.
 */
final class Oracle implements AutoCloseable {

    static final String DATABASE = "penstock_oracle";

    private static final String STATE =
            "SELECT CONCAT(DATABASE(), (SELECT GROUP_CONCAT(CRC32(CONCAT(variable_name, variable_value))"
                    + " ORDER BY variable_name) FROM information_schema.session_variables WHERE variable_name NOT IN ('TIMESTAMP', 'LAST_INSERT_ID',"
                    + " 'IDENTITY', 'RAND_SEED1', 'RAND_SEED2', 'WARNING_COUNT', 'ERROR_COUNT', 'IN_TRANSACTION', 'LAST_GTID', 'INSERT_ID')),"
                    + " (SELECT IFNULL(GROUP_CONCAT(CRC32(CONCAT(variable_name, IFNULL(variable_value, ''))) ORDER BY variable_name), '-')"
                    + " FROM information_schema.user_variables))";
    private static final int READ_ONLY = 1290;
    private static final int READ_ONLY_TRANSACTION = 1792;

    private final int port;
    private final StateClient administrator;
    private final Dialect dialect;
    private final Classifier classifier = new Classifier();
    private final Classification statement = new Classification();
    private final Counts counts = new Counts();
    private boolean seenBefore;

    /** What was found over all files. */
    static final class Counts {
        int statements;
        int refused;
        int ran;
        int failed;
        int selects;
        int idleReports;
        final List<String> unsafe = new ArrayList<>();
        final List<String> missedState = new ArrayList<>();
        final List<String> keptFromReplicas = new ArrayList<>();

        @Override
        public String toString() {
            return statements + " statements: " + refused + " refused by the read-only server, " + ran + " ran, "
                    + failed + " failed otherwise; unsafe "
                    + unsafe.size() + ", session changes missed " + missedState.size() + " (" + idleReports
                    + " reports of none), harmless SELECTs " + selects
                    + ", of them kept from replicas "
                    + keptFromReplicas.size();
        }
    }

    Oracle(int port, String user, String password, Dialect dialect) throws IOException {
        this.port = port;
        this.dialect = dialect;
        administrator = new StateClient(port, user, password, "mysql");
        prepare("DROP USER IF EXISTS oracle_probe@'%', oracle_builder@'%'");
        prepare("CREATE USER oracle_probe@'%'");
        prepare("CREATE USER oracle_builder@'%'");
        prepare("GRANT ALL ON " + DATABASE + ".* TO oracle_probe@'%'");
        prepare("GRANT SELECT ON mysql.* TO oracle_probe@'%'");
        prepare("GRANT ALL ON " + DATABASE + ".* TO oracle_builder@'%'");
        prepare("GRANT READ ONLY ADMIN ON *.* TO oracle_builder@'%'");
        prepare("SET GLOBAL read_only = 1");
    }

    private void prepare(String sql) throws IOException {
        StateClient.Answer answer = administrator.query(sql.getBytes(StandardCharsets.UTF_8));
        if (answer.error() != 0) {
            throw new IOException(sql + ": " + answer.message());
        }
    }

    Counts counts() {
        return counts;
    }

    /** Judges the statements of one file, in an empty database. */
    void judge(String file, List<String> statements) throws IOException {
        prepare("DROP DATABASE IF EXISTS " + DATABASE);
        prepare("CREATE DATABASE " + DATABASE);
        StateClient probe = probe();
        StateClient builder = builder();
        try {
            for (String text : statements) {
                byte[] sql = text.getBytes(StandardCharsets.ISO_8859_1);
                classifier.classify(sql, 0, sql.length, dialect, statement);
                if (leaveOut(text)) {
                    continue;
                }
                try {
                    if (judge(file, text, probe.query(sql))) {
                        confirm(probe, sql);
                    }
                } catch (IOException lost) {
                    probe.close();
                    probe = probe();
                }
                if (builds()) {
                    try {
                        builder.query(sql);
                    } catch (IOException lost) {
                        builder.close();
                        builder = builder();
                    }
                }
            }
        } finally {
            probe.close();
            builder.close();
        }
    }

    private StateClient probe() throws IOException {
        StateClient client = new StateClient(port, "oracle_probe", "", DATABASE);
        client.query(
                bytes(
                        "SET max_statement_time = 1, lock_wait_timeout = 1, innodb_lock_wait_timeout = 1, session_track_state_change = 1, group_concat_max_len = 1000000"));
        return client;
    }

    private StateClient builder() throws IOException {
        StateClient client = new StateClient(port, "oracle_builder", "", DATABASE);
        client.query(bytes("SET max_statement_time = 2, lock_wait_timeout = 1, innodb_lock_wait_timeout = 1"));
        return client;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What would change the measuring itself. */
    private boolean leaveOut(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return statement.operation() == Operation.KILL
                || lower.contains("session_track")
                || lower.contains("max_statement_time")
                || lower.contains("sleep(")
                || lower.contains("shutdown")
                || (statement.operation() == Operation.SET
                        && (lower.contains("sql_mode") || lower.contains("character_set") || lower.contains("names")));
    }

    private boolean builds() {
        return switch (statement.operation()) {
            case CREATE_TABLE, CREATE, INSERT, ALTER_TABLE, DROP_TABLE, UPDATE, DROP, DELETE ->
                !statement.has(Flags.MULTI_STATEMENT);
            default -> false;
        };
    }

    /**
     * Servers also report a change when a view or a table with expressions was opened, which changes nothing. Such a report counts when a
     * second run of the statement changes a variable.
     */
    private void confirm(StateClient probe, byte[] sql) throws IOException {
        String before = probe.value(STATE);
        probe.query(sql);
        if (before.equals(probe.value(STATE))) {
            counts.missedState.remove(counts.missedState.size() - 1);
            counts.idleReports++;
        }
    }

    /** True when the server reported a change that the text does not explain. */
    private boolean judge(String file, String text, StateClient.Answer answer) {
        counts.statements++;
        Placement placement = Placement.of(statement);
        String what = file + ": " + text.replace('\n', ' ') + "  => " + statement.operation() + " "
                + Types.toString(statement.types()) + " [" + Flags.toString(statement.flags()) + "] server: "
                + answer.error() + " " + answer.message();
        boolean refused = answer.error() == READ_ONLY && answer.message().contains("read-only")
                || answer.error() == READ_ONLY_TRANSACTION;
        if (refused) {
            counts.refused++;
            if (placement == Placement.ANY || placement == Placement.PREVIOUS) {
                counts.unsafe.add(what);
            }
            return false;
        }
        boolean seen = seen(placement) || text.toLowerCase(Locale.ROOT).startsWith("set statement");
        if (answer.error() != 0) {
            counts.failed++;
            // An error carries no state: what the statement changed is reported with the next answer.
            seenBefore |= seen;
            return false;
        }
        counts.ran++;
        boolean explained = seen || seenBefore;
        seenBefore = false;
        if (answer.stateChanged() && !explained) {
            counts.missedState.add(what);
            return true;
        }
        boolean select = statement.operation() == Operation.SELECT && !answer.stateChanged();
        boolean lock = text.toLowerCase(Locale.ROOT).contains("_lock");
        boolean policy = lock
                || statement.has(Flags.LOCKING
                        | Flags.INTO_VARIABLE
                        | Flags.INTO_FILE
                        | Flags.MULTI_STATEMENT
                        | Flags.RELATES_TO_PREVIOUS)
                || statement.is(Types.MASTER_READ | Types.USERVAR_WRITE);
        if (select && !policy) {
            counts.selects++;
            if (placement != Placement.ANY) {
                counts.keptFromReplicas.add(what);
            }
        }
        return false;
    }

    private boolean seen(Placement placement) {
        return switch (placement) {
            case ALL, NEXT_TRANSACTION, PREPARED -> true;
            default ->
                statement.has(Flags.SET_WITH_EFFECTS
                                | Flags.TEMPORARY
                                | Flags.MULTI_STATEMENT
                                | Flags.COMPOUND
                                | Flags.DYNAMIC_TEXT
                                | Flags.UNKNOWN_FUNCTION)
                        || statement.is(Types.USERVAR_WRITE)
                        || statement.pin() != Pin.NONE
                        || statement.transactionEffect() != TransactionEffect.NONE;
        };
    }

    @Override
    public void close() throws IOException {
        administrator.query(bytes("SET GLOBAL read_only = 0"));
        administrator.query(bytes("DROP DATABASE IF EXISTS " + DATABASE));
        administrator.query(bytes("DROP USER IF EXISTS oracle_probe@'%', oracle_builder@'%'"));
        administrator.close();
    }
}
