package org.penstock.benchmarks.macro.client;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** One event of a workload as sysbench's scripts define it: a query, a transaction, or a whole connection. */
interface Event {
    int RANGE = 100;
    int POINT_SELECTS = 10;

    /** Runs it once on a client's connection; returns how many statements that were. */
    int run(ClientConnection connection) throws IOException;

    /** The event of a workload, for one client: it may keep what belongs to the client's connection. */
    static Event of(String workload) {
        return switch (workload) {
            case "point_select" -> Event::pointSelect;
            case "point_select_ps" -> new PreparedPointSelect();
            case "read_only" -> connection -> transaction(connection, false);
            case "read_write" -> connection -> transaction(connection, true);
            case "scan" -> connection -> one(connection, "SELECT c FROM sbtest1");
            default -> throw new IllegalArgumentException("unknown workload " + workload);
        };
    }

    static int pointSelect(ClientConnection connection) throws IOException {
        return one(connection, "SELECT c FROM sbtest1 WHERE id=" + id());
    }

    private static int transaction(ClientConnection connection, boolean writes) throws IOException {
        int queries = one(connection, "BEGIN");
        for (int select = 0; select < POINT_SELECTS; select++) {
            queries += pointSelect(connection);
        }
        queries += one(connection, "SELECT c FROM sbtest1 WHERE " + range());
        queries += one(connection, "SELECT SUM(k) FROM sbtest1 WHERE " + range());
        queries += one(connection, "SELECT c FROM sbtest1 WHERE " + range() + " ORDER BY c");
        queries += one(connection, "SELECT DISTINCT c FROM sbtest1 WHERE " + range() + " ORDER BY c");
        if (writes) {
            int victim = id();
            queries += one(connection, "UPDATE sbtest1 SET k=k+1 WHERE id=" + id());
            queries += one(
                    connection, "UPDATE sbtest1 SET c='" + "68487932199-".repeat(9) + "96439406143' WHERE id=" + id());
            queries += one(connection, "DELETE FROM sbtest1 WHERE id=" + victim);
            queries += one(
                    connection,
                    "INSERT INTO sbtest1 (id, k, c, pad) VALUES (" + victim + ", " + id() + ", '"
                            + "83868641912-".repeat(9) + "28773972837', '" + "67847967377-".repeat(4)
                            + "48000963322')");
        }
        return queries + one(connection, "COMMIT");
    }

    private static int one(ClientConnection connection, String sql) throws IOException {
        connection.query(sql);
        return 1;
    }

    private static int id() {
        return ThreadLocalRandom.current().nextInt(1, Table.ROWS + 1);
    }

    private static String range() {
        int from = id();
        return "id BETWEEN " + from + " AND " + (from + RANGE - 1);
    }

    /** A point select that each connection prepares once. */
    final class PreparedPointSelect implements Event {
        private int statement = -1;

        @Override
        public int run(ClientConnection connection) throws IOException {
            if (statement < 0) {
                statement = connection.prepare("SELECT c FROM sbtest1 WHERE id=?");
            }
            connection.execute(statement, id());
            return 1;
        }
    }
}
