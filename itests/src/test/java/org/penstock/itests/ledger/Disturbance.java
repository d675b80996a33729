package org.penstock.itests.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.servers.EmbeddedServer;

/** What happens to the replicas while clients work: one round of everything after the other. */
final class Disturbance {
    private static final long BRIEF_SECONDS = 2;
    private static final long LAG_SECONDS = 16;

    private final EmbeddedCluster cluster;

    Disturbance(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    /** Until the deadline ({@link System#nanoTime}), at least one round; afterwards every replica runs and replicates. */
    void run(long deadline) throws Exception {
        List<EmbeddedServer> replicas = cluster.replicas();
        for (int round = 0; round == 0 || System.nanoTime() < deadline; round++) {
            EmbeddedServer one = replicas.get(round % replicas.size());
            EmbeddedServer other = replicas.get((round + 1) % replicas.size());
            killed(one);
            paused(other);
            stoppedApplying(one);
            lagging(other);
            one.restart();
            rest();
            killed(one, other);
        }
    }

    private static void killed(EmbeddedServer... servers) throws InterruptedException {
        for (EmbeddedServer server : servers) {
            server.kill();
        }
        rest();
        for (EmbeddedServer server : servers) {
            server.start();
        }
        rest();
    }

    private static void paused(EmbeddedServer server) throws InterruptedException {
        server.pause();
        try {
            rest();
        } finally {
            server.resume();
        }
        rest();
    }

    private static void stoppedApplying(EmbeddedServer server) throws InterruptedException {
        server.execute("STOP SLAVE SQL_THREAD");
        try {
            rest();
        } finally {
            server.execute("START SLAVE");
        }
        rest();
    }

    /** The replica stays a replica, reads, and falls behind. */
    private static void lagging(EmbeddedServer server) throws InterruptedException, SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:mariadb://127.0.0.1:" + server.port() + "/?sslMode=disable", "maxuser", "maxpwd");
                Statement statement = connection.createStatement()) {
            statement.execute("FLUSH TABLES WITH READ LOCK");
            TimeUnit.SECONDS.sleep(LAG_SECONDS);
            statement.execute("UNLOCK TABLES");
        }
        rest();
    }

    private static void rest() throws InterruptedException {
        TimeUnit.SECONDS.sleep(BRIEF_SECONDS);
    }
}
