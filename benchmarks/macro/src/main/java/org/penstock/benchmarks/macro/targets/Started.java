package org.penstock.benchmarks.macro.targets;

import java.io.IOException;
import java.time.Duration;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.client.Account;
import org.penstock.benchmarks.macro.client.ClientConnection;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.process.Pause;

/** A proxy's process with the address on which it listens, or soon will. */
public record Started(Child process, Endpoint address) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Waits until a client gets an answer to a query, and returns the nanoseconds since the start of the process. */
    public long awaitQuery() {
        boolean answered = Pause.until(() -> !process.isAlive() || answers(address), LIMIT);
        long nanos = System.nanoTime() - process.startedNanos();
        if (!answered || !process.isAlive()) {
            throw new BenchmarkException(
                    "no query through " + address + " within " + LIMIT.toSeconds() + " s: " + process.complaint());
        }
        return nanos;
    }

    private static boolean answers(Endpoint address) {
        try (ClientConnection connection = ClientConnection.open(address, Account.APP)) {
            connection.query("select 1");
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
