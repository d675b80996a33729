package org.penstock.itests.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** One session of a client, and what its server must remember of it. */
final class LedgerSession {
    final Connection connection;
    final int client;
    final Ledger ledger;
    final Random random;

    /** User variables by name. */
    final Map<String, Integer> variables = new HashMap<>();

    /** Rows of the session's temporary table; -1 without one. */
    int temporaryRows = -1;

    /** The session's group_concat_max_len; 0 for the server's. */
    int groupConcat;

    private String last = "";

    LedgerSession(Connection connection, int client, Ledger ledger, Random random) {
        this.connection = connection;
        this.client = client;
        this.ledger = ledger;
        this.random = random;
    }

    /** The statement that was sent last. */
    String last() {
        return last;
    }

    void execute(String sql) throws SQLException {
        last = sql;
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row of the last result; null for no row. */
    String value(String sql) throws SQLException {
        List<List<String>> rows = rows(sql);
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    /** All rows of the last result. */
    List<List<String>> rows(String sql) throws SQLException {
        last = sql;
        try (Statement statement = connection.createStatement()) {
            boolean result = statement.execute(sql);
            List<List<String>> rows = List.of();
            while (result || statement.getUpdateCount() >= 0) {
                if (result) {
                    rows = rows(statement.getResultSet());
                }
                result = statement.getMoreResults();
            }
            return rows;
        }
    }

    /** All rows of a statement that is prepared, in the binary protocol or by the driver. */
    List<List<String>> prepared(String sql, Object... values) throws SQLException {
        last = sql;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.execute() ? rows(statement.getResultSet()) : List.of();
        }
    }

    private static List<List<String>> rows(ResultSet result) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Whether this may be what a connection to the primary says that was opened after the former one was lost: it knows no last id and has no user lock. */
    boolean ofNewPrimary(String value) {
        return ledger.scene == LedgerScene.PRIMARY && (value == null || value.equals("0"));
    }

    /** Complains when a session did not see what it must. */
    void same(String what, Object expected, Object seen) {
        if (!Objects.equals(expected, seen)) {
            ledger.complain(
                    what,
                    "client " + client + ": " + what + ": expected " + expected + ", saw " + seen + " (" + last + ")");
        }
    }
}
