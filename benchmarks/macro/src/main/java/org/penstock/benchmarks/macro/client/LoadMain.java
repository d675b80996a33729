package org.penstock.benchmarks.macro.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The bundled load generator as a process: {@code HOST:PORT WORKLOAD CLIENTS SECONDS}. Prints {@code INTERVAL queries} each second, and
 * {@code RESULT queries events errors seconds p50 p95 p99} (milliseconds) at the end.
 */
public final class LoadMain {
    private LoadMain() {}

    public static void main(String[] args) throws InterruptedException {
        Endpoint address = Endpoint.parse(args[0]);
        int clients = Integer.parseInt(args[2]);
        int seconds = Integer.parseInt(args[3]);
        long begun = System.nanoTime();
        LongAdder done = new LongAdder();
        List<LoadClient> all = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int index = 0; index < clients; index++) {
            LoadClient client = new LoadClient(address, args[1], begun + TimeUnit.SECONDS.toNanos(seconds), done);
            all.add(client);
            Thread thread = new Thread(client, "client-" + index);
            thread.start();
            threads.add(thread);
        }
        long before = 0;
        for (int second = 1; second <= seconds; second++) {
            TimeUnit.NANOSECONDS.sleep(begun + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
            long now = done.sum();
            System.out.println("INTERVAL " + (now - before));
            before = now;
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.exit(report(all, (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1)));
    }

    private static int report(List<LoadClient> clients, double seconds) {
        Latencies latencies = new Latencies();
        long queries = 0;
        long events = 0;
        long errors = 0;
        for (LoadClient client : clients) {
            IOException failure = client.failure();
            if (failure != null) {
                System.err.println("a client failed: " + failure.getMessage());
                return 1;
            }
            latencies.add(client.latencies());
            queries += client.queries();
            events += client.events();
            errors += client.errors();
        }
        System.out.println("RESULT " + queries + " " + events + " " + errors + " " + seconds + " "
                + latencies.percentile(50) + " " + latencies.percentile(95) + " " + latencies.percentile(99));
        return 0;
    }
}
