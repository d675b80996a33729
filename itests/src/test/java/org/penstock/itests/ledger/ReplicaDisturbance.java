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
final class ReplicaDisturbance implements Disturbance {
    private static final long LAG_SECONDS = 16;

    private final EmbeddedCluster cluster;

    ReplicaDisturbance(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void run(long deadline) throws Exception {
        List<EmbeddedServer> replicas = cluster.replicas();
        for (int round = 0; round == 0 || System.nanoTime() < deadline; round++) {
            EmbeddedServer one = replicas.get(round % replicas.size());
            EmbeddedServer other = replicas.get((round + 1) % replicas.size());
            Disturbance.killed(one);
            Disturbance.paused(other);
            stoppedApplying(one);
            lagging(other);
            one.restart();
            Disturbance.rest();
            Disturbance.killed(one, other);
        }
    }

    private static void stoppedApplying(EmbeddedServer server) throws InterruptedException {
        server.execute("STOP SLAVE SQL_THREAD");
        try {
            Disturbance.rest();
        } finally {
            server.execute("START SLAVE");
        }
        Disturbance.rest();
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
        Disturbance.rest();
    }
}
