package org.penstock.itests.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.penstock.itests.ledger.Ledger.Outcome;

/** Steps that read what any server may answer, or that must be read on one. */
final class LedgerReads {
    private static final int WINDOW = 60;

    private LedgerReads() {}

    /** A replica may be behind, but replicates in order: what it shows of a client's entries is all of them up to one. */
    static void ownEntries(LedgerSession session) throws SQLException {
        List<Integer> seen = seen(session, "");
        if (!seen.isEmpty()) {
            compare(session, seen, seen.get(seen.size() - 1));
        }
    }

    /** What is read on the primary by a hint is complete. */
    static void hinted(LedgerSession session) throws SQLException {
        NavigableMap<Integer, Outcome> own = session.ledger.of(session.client);
        if (!own.isEmpty()) {
            compare(session, seen(session, " -- maxscale route to master"), own.lastKey());
        }
    }

    private static List<Integer> seen(LedgerSession session, String hint) throws SQLException {
        NavigableMap<Integer, Outcome> own = session.ledger.of(session.client);
        int floor = own.isEmpty() ? 0 : own.lastKey() - WINDOW;
        String sql = "SELECT number, @@server_id FROM entry WHERE client = " + session.client + " AND number > ";
        List<List<String>> rows = session.random.nextBoolean()
                ? session.prepared(sql + "? ORDER BY number" + hint, floor)
                : session.rows(sql + floor + " ORDER BY number" + hint);
        List<Integer> numbers = new ArrayList<>();
        for (List<String> row : rows) {
            numbers.add(Integer.valueOf(row.get(0)));
            session.ledger.readers.add(row.get(1));
        }
        return numbers;
    }

    private static void compare(LedgerSession session, List<Integer> seen, int upTo) {
        NavigableMap<Integer, Outcome> own = session.ledger.of(session.client);
        int floor = own.lastKey() - WINDOW;
        own.subMap(floor, false, upTo, true).forEach((number, outcome) -> {
            long count = seen.stream().filter(number::equals).count();
            boolean right =
                    switch (outcome) {
                        case COMMITTED -> count == 1;
                        case ROLLED_BACK -> count == 0;
                        case UNCERTAIN -> count <= 1;
                    };
            if (!right) {
                session.same("a client's entries", number + " " + outcome + " below " + upTo, "found " + count);
            }
        });
    }

    /** Transactions are whole on every server. */
    static void balance(LedgerSession session) throws SQLException {
        String sql = "SELECT SUM(balance) FROM account";
        String sum = session.random.nextBoolean()
                ? session.value(sql)
                : session.prepared(sql).get(0).get(0);
        session.same("all balances", LedgerRun.TOTAL, sum);
    }

    /** No server that is further behind than the configuration allows answers. */
    static void beat(LedgerSession session) throws SQLException {
        long last = session.ledger.beat();
        long seen = Long.parseLong(session.value("SELECT at FROM beat"));
        if (seen < last - LedgerRun.STALE_MILLIS) {
            session.same("a beat", "at least " + (last - LedgerRun.STALE_MILLIS), seen);
        }
    }

    static void readOnlyTransaction(LedgerSession session) throws SQLException {
        session.execute("START TRANSACTION READ ONLY");
        String sql = "SELECT SUM(balance), (SELECT MAX(id) FROM entry), @@server_id FROM account";
        List<List<String>> first = session.rows(sql);
        session.same("all balances", LedgerRun.TOTAL, first.get(0).get(0));
        session.same("the same in a read-only transaction", first, session.prepared(sql));
        session.execute("COMMIT");
    }

    static void foundRows(LedgerSession session) throws SQLException {
        session.rows("SELECT SQL_CALC_FOUND_ROWS id FROM items LIMIT 3");
        session.same("FOUND_ROWS()", "1000", session.value("SELECT FOUND_ROWS()"));
    }
}
