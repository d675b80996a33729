package org.penstock.itests.ledger;

import java.util.concurrent.TimeUnit;
import org.penstock.servers.EmbeddedServer;

/** What happens to servers while clients work: one round of everything after the other. */
interface Disturbance {
    /** Seconds that a state lasts. */
    long BRIEF_SECONDS = 2;

    /** Until the deadline ({@link System#nanoTime}), at least one round; afterwards every server runs, and replicas replicate. */
    void run(long deadline) throws Exception;

    static void killed(EmbeddedServer... servers) throws InterruptedException {
        for (EmbeddedServer server : servers) {
            server.kill();
        }
        rest();
        for (EmbeddedServer server : servers) {
            server.start();
        }
        rest();
    }

    static void paused(EmbeddedServer server) throws InterruptedException {
        server.pause();
        try {
            rest();
        } finally {
            server.resume();
        }
        rest();
    }

    static void rest() throws InterruptedException {
        TimeUnit.SECONDS.sleep(BRIEF_SECONDS);
    }
}
