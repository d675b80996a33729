package org.penstock.itests.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** One client: session after session, each of a bounded number of random steps. */
final class LedgerClient implements Runnable {
    private static final int STEPS = 300;
    private static final int PAUSE_MILLIS = 100;

    private final int number;
    private final int port;
    private final Ledger ledger;
    private final BooleanSupplier stopped;
    private final Random random;

    LedgerClient(int number, int port, Ledger ledger, long seed, BooleanSupplier stopped) {
        this.number = number;
        this.port = port;
        this.ledger = ledger;
        this.stopped = stopped;
        random = new Random(seed + number);
    }

    @Override
    public void run() {
        while (!stopped.getAsBoolean()) {
            try (Connection connection = connect(port, random.nextBoolean())) {
                session(connection);
            } catch (SQLException e) {
                if (ledger.scene == LedgerScene.REPLICAS) {
                    ledger.lost.add("client " + number + " at login: " + e);
                }
                pause();
            }
        }
    }

    private void session(Connection connection) {
        LedgerSession session = new LedgerSession(connection, number, ledger, random);
        LedgerStep step = LedgerStep.WRITE;
        try {
            for (int i = 0; i < STEPS && !stopped.getAsBoolean(); i++) {
                step = LedgerStep.any(random);
                step.in(session);
                ledger.done(step.name());
            }
        } catch (SQLException e) {
            if (e.getErrorCode() == LedgerScene.REFUSED && step.writesOneEntry()) {
                ledger.refused(number);
            }
            if (ledger.scene.excuses(step, session, e)) {
                ledger.excused
                        .computeIfAbsent(e.getErrorCode(), code -> new LongAdder())
                        .increment();
            } else {
                ledger.lost.add("client " + number + " in " + step + " (" + session.last() + "): " + e.getErrorCode()
                        + " " + e.getSQLState() + " " + e.getMessage());
            }
        } catch (RuntimeException e) {
            ledger.complain(step.name(), "client " + number + " in " + step + ": " + e);
        }
    }

    /** As clients do behind an error: what has to come back needs the processors. */
    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Connection connect(int port, boolean binary) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/demo?sslMode=disable&connectTimeout=60000&socketTimeout=120000"
                        + "&allowMultiQueries=true&useServerPrepStmts=" + binary,
                "app",
                "app");
    }
}
