package org.penstock.itests.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.penstock.itests.harness.Await;

/**
 * Sessions of readwritesplit that keep all that a session can keep: prepared statements, a user variable, a temporary table, now and then a transaction, and on each
 * server the connection that it began with.
 */
final class SplitWorkload implements AutoCloseable {
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int TRANSACTION_ROUNDS = 40;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Worker> workers = new ArrayList<>();
    private volatile boolean stopped;

    static SplitWorkload start(int sessions, int port) throws SQLException {
        SplitWorkload workload = new SplitWorkload();
        for (int index = 0; index < sessions; index++) {
            Connection connection = DriverManager.getConnection(
                    "jdbc:mariadb://127.0.0.1:" + port
                            + "/demo?sslMode=disable&socketTimeout=60000&useServerPrepStmts=true",
                    "app",
                    "app");
            workload.workers.add(workload.new Worker(index, connection));
        }
        workload.workers.forEach(Thread::start);
        return workload;
    }

    /** Waits until every session has done some more rounds. */
    void awaitRounds(int count) throws Exception {
        List<Long> targets =
                workers.stream().map(worker -> worker.rounds + count).toList();
        Await.until("progress of all sessions", () -> "" + failures, () -> {
            assertThat(failures).isEmpty();
            for (int index = 0; index < targets.size(); index++) {
                if (workers.get(index).rounds < targets.get(index)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Ends the work and says how many transactions were committed. */
    long finish() throws Exception {
        stopped = true;
        for (Worker worker : workers) {
            worker.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(worker.isAlive()).isFalse();
        }
        assertThat(failures).isEmpty();
        return workers.stream().mapToLong(worker -> worker.committed).sum();
    }

    @Override
    public void close() throws SQLException {
        stopped = true;
        for (Worker worker : workers) {
            worker.connection.abort(Runnable::run);
        }
    }

    private final class Worker extends Thread {
        private final int index;
        private final Connection connection;
        private final Map<String, String> connections = new HashMap<>();
        private volatile long rounds;
        private volatile long committed;
        private int open;

        Worker(int index, Connection connection) {
            super("split-" + index);
            this.index = index;
            this.connection = connection;
            setDaemon(true);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate")
        public void run() {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET @session = 'kept " + index + "'");
                statement.execute("CREATE TEMPORARY TABLE own (a INT)");
                try (PreparedStatement read = connection.prepareStatement(
                                "SELECT @@server_id, CONNECTION_ID(), CONCAT(@session, name) FROM items WHERE id = ?");
                        PreparedStatement write =
                                connection.prepareStatement("INSERT INTO split (session, round) VALUES (?, ?)")) {
                    while (!stopped || open > 0) {
                        round(statement, read, write);
                        rounds++;
                        LockSupport.parkNanos(PACE_NANOS);
                    }
                }
            } catch (SQLException | RuntimeException | AssertionError e) {
                failures.add(getName() + " in round " + rounds + ": " + e);
            }
        }

        @SuppressWarnings("NonAtomicVolatileUpdate")
        private void round(Statement statement, PreparedStatement read, PreparedStatement write) throws SQLException {
            if (open == 0 && rounds % 3 == 0) {
                statement.execute("BEGIN");
                open = 1;
            }
            read(read);
            if (open > 0) {
                write.setInt(1, index);
                write.setLong(2, rounds);
                same("rows written", Integer.toString(write.executeUpdate()), "1");
                if (open++ > TRANSACTION_ROUNDS) {
                    statement.execute("COMMIT");
                    committed += open - 1;
                    open = 0;
                }
            }
            statement.execute("INSERT INTO own VALUES (1)");
            try (ResultSet result = statement.executeQuery("SELECT CONCAT(COUNT(*), @session) FROM own")) {
                result.next();
                same("own rows", result.getString(1), rounds + 1 + "kept " + index);
            }
        }

        private void read(PreparedStatement read) throws SQLException {
            int id = (int) (1 + rounds % 1000);
            read.setInt(1, id);
            try (ResultSet result = read.executeQuery()) {
                result.next();
                String server = result.getString(1);
                if (open > 0) {
                    same("server of the transaction", server, "1");
                }
                String first = connections.putIfAbsent(server, result.getString(2));
                if (first != null) {
                    same("connection to server " + server, result.getString(2), first);
                }
                same("row", result.getString(3), "kept " + index + "item " + id);
            }
        }

        private static void same(String what, String got, String expected) {
            if (!expected.equals(got)) {
                throw new AssertionError(what + ": expected '" + expected + "', got '" + got + "'");
            }
        }
    }
}
