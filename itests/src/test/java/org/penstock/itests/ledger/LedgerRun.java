package org.penstock.itests.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.ledger.Ledger.Outcome;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.servers.EmbeddedServer;

/** Clients that work through a readwritesplit service while its replicas are disturbed, and the comparison of what they wrote with what every server holds. */
final class LedgerRun {
    static final int ACCOUNTS = 20;

    /** The sum of all balances, at all times. */
    static final String TOTAL = Integer.toString(1_000 * ACCOUNTS);

    /** Replicas further behind must not answer: the limit of the configuration and what finding it out may take. */
    static final long STALE_MILLIS = 10_000;

    private static final int CLIENTS = 6;
    private static final int BEAT_MILLIS = 100;

    private final EmbeddedCluster cluster;
    private final LedgerScene scene;
    private final int port;
    private final Ledger ledger;
    private final AtomicBoolean stopped = new AtomicBoolean();

    LedgerRun(EmbeddedCluster cluster, LedgerScene scene, int port) {
        this.cluster = cluster;
        this.scene = scene;
        ledger = new Ledger(scene);
        this.port = port;
    }

    /** Sections for the service, its filter and its listener. */
    static String sections(EmbeddedCluster cluster, LedgerScene scene, int port) {
        return Cluster.sections(cluster)
                        .replace("monitor_interval=2000", "monitor_interval=500\ndetect_replication_lag=true")
                + """

                [Hint]
                type=filter
                module=hintfilter

                [Split]
                type=service
                router=readwritesplit
                servers=%s
                user=maxuser
                passwd=maxpwd
                filters=Hint
                %s"""
                        .formatted(Cluster.names(cluster), scene.parameters)
                + Cluster.listener("Split", port);
    }

    /** Makes the tables. */
    void prepare() {
        StringBuilder sql = new StringBuilder("USE demo; CREATE TABLE entry (id BIGINT AUTO_INCREMENT PRIMARY KEY,"
                + " client INT NOT NULL, number INT NOT NULL, KEY (client, number));"
                + " CREATE TABLE account (id INT PRIMARY KEY, balance BIGINT NOT NULL);"
                + " INSERT INTO account SELECT seq, 1000 FROM seq_0_to_" + (ACCOUNTS - 1) + ";"
                + " CREATE TABLE beat (at BIGINT NOT NULL); INSERT INTO beat VALUES (0);"
                + " CREATE PROCEDURE add_entry(c INT, n INT) INSERT INTO entry (client, number) VALUES (c, n);");
        for (int client = 0; client < CLIENTS; client++) {
            sql.append(" CREATE TABLE own").append(client).append(" (id INT PRIMARY KEY, value INT NOT NULL);");
        }
        cluster.primary().execute(sql.toString());
        cluster.awaitReplicas();
    }

    /** Works for at least this long. */
    Ledger work(long seconds, long seed) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            threads.add(new Thread(new LedgerClient(client, port, ledger, seed, stopped::get), "client " + client));
        }
        threads.add(new Thread(this::beat, "beat"));
        threads.forEach(Thread::start);
        try {
            scene.disturbance(cluster).run(deadline);
        } finally {
            stopped.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return ledger;
    }

    private void beat() {
        while (!stopped.get()) {
            try (Connection connection = LedgerClient.connect(port, false);
                    Statement statement = connection.createStatement()) {
                while (!stopped.get()) {
                    long now = System.currentTimeMillis();
                    statement.executeUpdate("UPDATE beat SET at = " + now);
                    ledger.beaten(now);
                    TimeUnit.MILLISECONDS.sleep(BEAT_MILLIS);
                }
            } catch (SQLException e) {
                if (scene == LedgerScene.REPLICAS) {
                    ledger.lost.add("beat: " + e);
                }
                LedgerClient.pause();
            } catch (InterruptedException e) {
                ledger.lost.add("beat: " + e);
                return;
            }
        }
    }

    /** Every server has every committed entry once, and nothing else. */
    void compare() {
        cluster.awaitReplicas();
        for (EmbeddedServer server : cluster.servers()) {
            ledger.all().forEach((client, entries) -> compare(server, client, entries));
            assertThat(server.execute("SELECT SUM(balance) FROM demo.account")).isEqualTo(TOTAL);
        }
        String checksum = "CHECKSUM TABLE demo.entry, demo.account, demo.own0, demo.own1, demo.items";
        String primary = cluster.primary().execute(checksum);
        for (EmbeddedServer replica : cluster.replicas()) {
            assertThat(replica.execute(checksum)).as(replica.name()).isEqualTo(primary);
            if (scene == LedgerScene.REPLICAS) {
                assertThat(replica.execute("SELECT @@gtid_binlog_state"))
                        .as("transactions that %s began itself", replica.name())
                        .doesNotContain("-" + replica.execute("SELECT @@server_id") + "-");
            }
        }
    }

    private static void compare(EmbeddedServer server, int client, NavigableMap<Integer, Outcome> entries) {
        List<Integer> found = server.execute(
                        "SELECT number FROM demo.entry WHERE client = " + client + " ORDER BY number")
                .lines()
                .map(Integer::valueOf)
                .toList();
        assertThat(found)
                .as("entries of client %d on %s", client, server.name())
                .doesNotHaveDuplicates();
        assertThat(found)
                .as("entries of client %d on %s", client, server.name())
                .containsAll(with(entries, Outcome.COMMITTED))
                .doesNotContainAnyElementsOf(with(entries, Outcome.ROLLED_BACK));
        assertThat(entries.keySet()).containsAll(found);
    }

    private static List<Integer> with(NavigableMap<Integer, Outcome> entries, Outcome outcome) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue() == outcome)
                .map(entry -> entry.getKey())
                .toList();
    }
}
