package org.penstock.benchmarks.macro.client;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One client of the bundled load generator, which repeats its event until the time is over. Runs on a thread of its own. */
final class LoadClient implements Runnable {
    private static final String CONNECT = "connect";

    private final Endpoint address;
    private final String workload;
    private final long untilNanos;
    private final LongAdder done;
    private final Latencies latencies = new Latencies();
    private long queries;
    private long events;
    private long errors;
    private @Nullable IOException failure;

    LoadClient(Endpoint address, String workload, long untilNanos, LongAdder done) {
        this.address = address;
        this.workload = workload;
        this.untilNanos = untilNanos;
        this.done = done;
    }

    @Override
    public void run() {
        try {
            if (workload.equals(CONNECT)) {
                connecting();
            } else {
                connected();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void connecting() throws IOException {
        while (System.nanoTime() < untilNanos) {
            long begun = System.nanoTime();
            try (ClientConnection connection = ClientConnection.open(address, Account.APP)) {
                count(Event.pointSelect(connection));
            }
            ended(begun);
        }
    }

    private void connected() throws IOException {
        Event event = Event.of(workload);
        try (ClientConnection connection = ClientConnection.open(address, Account.APP)) {
            while (System.nanoTime() < untilNanos) {
                long begun = System.nanoTime();
                try {
                    count(event.run(connection));
                    ended(begun);
                } catch (SqlFailure e) {
                    if (!e.isConflict()) {
                        throw e;
                    }
                    errors++;
                    connection.query("ROLLBACK");
                }
            }
        }
    }

    private void count(int statements) {
        queries += statements;
        done.add(statements);
    }

    private void ended(long begunNanos) {
        latencies.add(System.nanoTime() - begunNanos);
        events++;
    }

    Latencies latencies() {
        return latencies;
    }

    long queries() {
        return queries;
    }

    long events() {
        return events;
    }

    long errors() {
        return errors;
    }

    /** Why it ended early, or null. */
    @Nullable
    IOException failure() {
        return failure;
    }
}
