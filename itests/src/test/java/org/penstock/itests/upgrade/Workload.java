package org.penstock.itests.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.probe.count.CountFilter;

/**
 * Sessions that work until they are stopped, each reply compared with what was asked. The service has a regexfilter that makes {@code RIGHT} of
 * {@code WRONG}, and the count filter.
 */
final class Workload implements AutoCloseable {
    /** Sections of the two filters. */
    static final String FILTERS =
            """

            [Rewrite]
            type=filter
            module=regexfilter
            match=WRONG
            replace=RIGHT

            [Count]
            type=filter
            module=countfilter
            """;

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int TRANSACTION_EVERY = 7;
    private static final int PREPARED_EVERY = 5;
    private static final int VERSION_EVERY = 4;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Worker> workers = new ArrayList<>();
    private volatile boolean stopped;

    static Workload start(int sessions, int port) throws Exception {
        Workload workload = new Workload();
        for (int index = 0; index < sessions; index++) {
            workload.workers.add(workload.new Worker(index, Client.to(port)));
        }
        workload.workers.forEach(Thread::start);
        return workload;
    }

    /** Waits until every session has got an answer of this version's code. */
    void awaitVersion(int version) throws Exception {
        Await.until("version " + version + " in all sessions", this::state, () -> {
            check();
            return workers.stream().allMatch(worker -> worker.version == version);
        });
    }

    /** Waits until every session has done some more rounds. */
    void awaitRounds(int count) throws Exception {
        List<Long> targets =
                workers.stream().map(worker -> worker.rounds + count).toList();
        Await.until("progress of all sessions", this::state, () -> {
            check();
            for (int index = 0; index < targets.size(); index++) {
                if (workers.get(index).rounds < targets.get(index)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Fails if any reply was wrong or any session failed so far. */
    void check() {
        assertThat(failures).isEmpty();
    }

    private String state() {
        StringBuilder text = new StringBuilder();
        workers.forEach(worker -> text.append(worker.getName() + " round " + worker.rounds + " version "
                + worker.version + " " + (worker.isAlive() ? "runs" : "ended") + "\n"));
        return text.toString();
    }

    /** Ends the work, checks it, and returns the number of marked statements that were sent. */
    long finish() throws Exception {
        stopped = true;
        for (Worker worker : workers) {
            worker.join(TimeUnit.SECONDS.toMillis(90));
            assertThat(worker.isAlive()).as("%s ends", worker.getName()).isFalse();
        }
        check();
        return workers.stream().mapToLong(worker -> worker.sent).sum();
    }

    @Override
    public void close() throws SQLException {
        stopped = true;
        for (Worker worker : workers) {
            worker.client.connection().abort(Runnable::run);
        }
    }

    private final class Worker extends Thread {
        private final int index;
        private final Client client;
        private volatile long rounds;
        private volatile int version = -1;
        private volatile long sent;

        Worker(int index, Client client) {
            super("worker-" + index);
            this.index = index;
            this.client = client;
            setDaemon(true);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate")
        public void run() {
            try {
                String id = client.value("SELECT CONNECTION_ID()");
                client.execute("SET @session = 'kept " + index + "'");
                while (!stopped) {
                    round(rounds + 1, id);
                    rounds++;
                    LockSupport.parkNanos(PACE_NANOS);
                }
                same("statements seen in the session", client.value(CountFilter.COUNT), Long.toString(sent));
            } catch (SQLException | RuntimeException | AssertionError e) {
                failures.add(getName() + " in round " + rounds + ": " + e);
            }
        }

        private void round(long number, String id) throws SQLException {
            boolean transaction = number % TRANSACTION_EVERY == 0;
            if (transaction) {
                client.execute("START TRANSACTION");
            }
            work(number, id);
            if (transaction) {
                work(-number, id);
                client.execute("COMMIT");
            }
            if (number % PREPARED_EVERY == 0) {
                prepared(number);
            }
            if (number % VERSION_EVERY == 0) {
                version = Integer.parseInt(client.value(CountFilter.VERSION));
            }
        }

        @SuppressWarnings("NonAtomicVolatileUpdate")
        private void work(long number, String id) throws SQLException {
            sent++;
            String asked = index + ":" + number;
            String got = client.value("SELECT /*work*/ CONCAT('" + asked
                    + " WRONG ', CONNECTION_ID(), ' ', @session, ' ', (SELECT COUNT(*) FROM items))");
            same("reply", got, asked + " RIGHT " + id + " kept " + index + " 1000");
        }

        private void prepared(long number) throws SQLException {
            try (PreparedStatement statement =
                    client.connection().prepareStatement("SELECT id FROM items WHERE id = ?")) {
                long asked = 1 + number % 1000;
                statement.setLong(1, asked);
                try (ResultSet result = statement.executeQuery()) {
                    same("row", result.next() ? result.getString(1) : null, Long.toString(asked));
                }
            }
        }

        private static void same(String what, String got, String expected) {
            if (!expected.equals(got)) {
                throw new AssertionError(what + ": expected '" + expected + "', got '" + got + "'");
            }
        }
    }
}
