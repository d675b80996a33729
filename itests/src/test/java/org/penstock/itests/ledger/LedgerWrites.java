package org.penstock.itests.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.penstock.itests.ledger.Ledger.Outcome;

/** Steps that write entries. */
final class LedgerWrites {
    private LedgerWrites() {}

    static void write(LedgerSession session) throws SQLException {
        int entry = session.ledger.open(session.client);
        session.execute(insert(session, entry));
        committed(session, entry);
        if (session.random.nextBoolean()) {
            String id = session.value("SELECT LAST_INSERT_ID()");
            if (session.ofNewPrimary(id)) {
                return;
            }
            List<List<String>> row =
                    session.rows("SELECT client, number FROM entry WHERE id = " + id + " -- maxscale route to master");
            session.same(
                    "the row of LAST_INSERT_ID()",
                    List.of(List.of(Integer.toString(session.client), Integer.toString(entry))),
                    row);
        }
    }

    static void preparedWrite(LedgerSession session) throws SQLException {
        int entry = session.ledger.open(session.client);
        session.prepared("INSERT INTO entry (client, number) VALUES (?, ?)", session.client, entry);
        committed(session, entry);
    }

    static void batch(LedgerSession session) throws SQLException {
        List<Integer> entries = new ArrayList<>();
        try (PreparedStatement statement =
                session.connection.prepareStatement("INSERT INTO entry (client, number) VALUES (?, ?)")) {
            for (int i = 0; i < 3; i++) {
                int entry = session.ledger.open(session.client);
                entries.add(entry);
                statement.setInt(1, session.client);
                statement.setInt(2, entry);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        entries.forEach(entry -> committed(session, entry));
    }

    static void multiStatement(LedgerSession session) throws SQLException {
        int entry = session.ledger.open(session.client);
        String found = session.value(insert(session, entry) + "; SELECT COUNT(*) FROM entry WHERE client = "
                + session.client + " AND number = " + entry);
        committed(session, entry);
        session.same("an own entry behind its INSERT in one packet", "1", found);
    }

    static void procedure(LedgerSession session) throws SQLException {
        int entry = session.ledger.open(session.client);
        session.execute("CALL add_entry(" + session.client + ", " + entry + ")");
        committed(session, entry);
    }

    /** Moves an amount between two accounts in a transaction, looks at what it did, and commits or rolls back. */
    static void transfer(LedgerSession session) throws SQLException {
        int entry = session.ledger.open(session.client);
        int from = session.random.nextInt(LedgerRun.ACCOUNTS - 1);
        int to = from + 1 + session.random.nextInt(LedgerRun.ACCOUNTS - 1 - from);
        int amount = session.random.nextInt(100) - 50;
        session.execute(session.random.nextBoolean() ? "BEGIN" : "START TRANSACTION");
        session.prepared("UPDATE account SET balance = balance - ? WHERE id = ?", amount, from);
        session.execute("UPDATE account SET balance = balance + " + amount + " WHERE id = " + to);
        session.execute(insert(session, entry));
        inTransaction(session, entry);
        if (session.random.nextInt(4) == 0) {
            session.execute("ROLLBACK");
            session.ledger.outcome(session.client, entry, Outcome.ROLLED_BACK);
        } else {
            session.execute("COMMIT");
            committed(session, entry);
        }
    }

    static void withoutAutocommit(LedgerSession session) throws SQLException {
        session.connection.setAutoCommit(false);
        int entry = session.ledger.open(session.client);
        session.prepared("INSERT INTO entry (client, number) VALUES (?, ?)", session.client, entry);
        inTransaction(session, entry);
        if (session.random.nextBoolean()) {
            session.connection.rollback();
            session.ledger.outcome(session.client, entry, Outcome.ROLLED_BACK);
        } else {
            session.connection.commit();
            committed(session, entry);
        }
        session.connection.setAutoCommit(true);
    }

    private static void inTransaction(LedgerSession session, int entry) throws SQLException {
        session.same(
                "an own entry in its transaction",
                List.of(List.of("1")),
                session.prepared("SELECT COUNT(*) FROM entry WHERE client = ? AND number = ?", session.client, entry));
        session.same(
                "all balances in a transaction", LedgerRun.TOTAL, session.value("SELECT SUM(balance) FROM account"));
    }

    private static String insert(LedgerSession session, int entry) {
        return "INSERT INTO entry (client, number) VALUES (" + session.client + ", " + entry + ")";
    }

    private static void committed(LedgerSession session, int entry) {
        session.ledger.outcome(session.client, entry, Outcome.COMMITTED);
    }
}
