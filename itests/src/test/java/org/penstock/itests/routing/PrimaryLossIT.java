package org.penstock.itests.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.servers.EmbeddedCluster;

/** Sessions of readwritesplit when servers are lost, put into maintenance, and change their roles. Each test leaves the cluster as it found it, the last does not. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrimaryLossIT {
    private static final String WHERE = "SELECT @@server_id";
    private static final int READERS = 4;

    @TempDir
    static Path temp;

    private static EmbeddedCluster cluster;
    private static PenstockProcess penstock;
    private static int onWrite;
    private static int error;
    private static int instantly;
    private static int patient;

    @BeforeAll
    static void start() throws Exception {
        cluster = EmbeddedCluster.builder().progress(System.err::println).start();
        onWrite = FreePort.next();
        error = FreePort.next();
        instantly = FreePort.next();
        patient = FreePort.next();
        penstock = PenstockProcess.start(
                        Distribution.in(temp.resolve("penstock")),
                        temp.resolve("run"),
                        Cluster.sections(cluster).replace("monitor_interval=2000", "monitor_interval=300")
                                + split("OnWrite", "", onWrite)
                                + split("Error", "master_failure_mode=error_on_write", error)
                                + split("Instantly", "master_failure_mode=fail_instantly", instantly)
                                + split("Patient", "delayed_retry=true\ndelayed_retry_timeout=60s", patient))
                .awaitReady();
        awaitServers();
        try (Client client = Client.to(onWrite)) {
            client.execute("CREATE OR REPLACE TABLE rw (id INT AUTO_INCREMENT PRIMARY KEY, a INT)");
        }
        cluster.awaitReplicas();
    }

    private static String split(String name, String parameters, int port) {
        return Cluster.service(cluster, name, "", port)
                .replace("router=readconnroute\nrouter_options=master", "router=readwritesplit\n" + parameters);
    }

    private static void awaitServers() throws Exception {
        Await.until("primary and replicas are known", penstock::complaints, () -> {
            String servers = penstock.shell("list servers");
            return servers.contains("Master, Running") && servers.split("Slave, Running", -1).length == 3;
        });
    }

    @AfterAll
    static void stop() {
        if (penstock != null) {
            penstock.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private static SQLException refused(Client client, String sql) {
        return catchThrowableOfType(SQLException.class, () -> client.execute(sql));
    }

    @Test
    @Order(1)
    void shouldNotShowTheLossOfAReplicaToReaders() throws Exception {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicLong reads = new AtomicLong();
        List<Thread> readers = new ArrayList<>();
        AtomicBoolean stopped = new AtomicBoolean();
        for (int i = 0; i < READERS; i++) {
            Thread reader = new Thread(() -> {
                try (Client client = Client.to(onWrite)) {
                    client.execute("SET @kept = 'kept'");
                    while (!Thread.currentThread().isInterrupted() && !stopped.get()) {
                        String seen =
                                client.value("SELECT CONCAT(@kept, COUNT(*)) FROM items WHERE SLEEP(0.00001) = 0");
                        if (!"kept1000".equals(seen)) {
                            failures.add("saw " + seen);
                        }
                        reads.incrementAndGet();
                    }
                } catch (SQLException | RuntimeException e) {
                    failures.add(e.toString());
                }
            });
            reader.setDaemon(true);
            readers.add(reader);
            reader.start();
        }
        for (int server = 2; server <= 3; server++) {
            long before = reads.get();
            Await.until("reads", () -> reads.get() > before + 20);
            cluster.server("server" + server).kill();
            long after = reads.get();
            Await.until("reads go on", penstock::complaints, () -> !failures.isEmpty() || reads.get() > after + 40);
            cluster.server("server" + server).start();
            cluster.awaitReplicas();
            awaitServers();
        }
        stopped.set(true);
        for (Thread reader : readers) {
            reader.join(30_000);
        }
        assertThat(failures).isEmpty();
        assertThat(penstock.shell("show service OnWrite")).contains("retried_reads");
    }

    @Test
    @Order(2)
    void shouldTakeAReplicaBackThatHasReturned() throws Exception {
        try (Client client = Client.to(onWrite)) {
            client.execute("SET @kept = 5");
            cluster.server("server2").kill();
            for (int i = 0; i < 10; i++) {
                assertThat(client.value(WHERE)).isEqualTo("3");
            }
            cluster.server("server2").start();
            cluster.awaitReplicas();
            awaitServers();
            Await.until("reads of the session there", () -> client.value(WHERE + " + 0 * @kept")
                    .equals("2"));
        }
    }

    @Test
    @Order(3)
    void shouldRepeatReadsElsewhereWhenAReplicaHangs() throws Exception {
        try (Client client = Client.to(onWrite)) {
            client.value(WHERE);
            cluster.server("server2").pause();
            for (int i = 0; i < 4; i++) {
                assertThat(client.value(WHERE)).isEqualTo("3");
            }
            cluster.server("server2").resume();
            awaitServers();
            Await.until("reads there", () -> client.value(WHERE).equals("2"));
        }
    }

    @Test
    @Order(4)
    void shouldGiveUpAServerInMaintenanceWhenItsTransactionHasEnded() throws Exception {
        try (Client client = Client.to(onWrite)) {
            client.execute("START TRANSACTION READ ONLY");
            String on = client.value(WHERE);
            penstock.shell("set server server" + on + " maintenance");
            for (int i = 0; i < 5; i++) {
                assertThat(client.value(WHERE)).isEqualTo(on);
            }
            client.execute("COMMIT");
            for (int i = 0; i < 10; i++) {
                assertThat(client.value(WHERE)).isNotEqualTo(on);
            }
            penstock.shell("clear server server" + on + " maintenance");
            Await.until("reads there", () -> client.value(WHERE).equals(on));
        }
    }

    @Test
    @Order(5)
    void shouldDoAsEachModeSaysWhenThePrimaryIsLost() throws Exception {
        try (Client writes = Client.to(onWrite);
                Client errors = Client.to(error);
                Client ends = Client.to(instantly);
                Client waits = Client.to(patient)) {
            for (Client client : List.of(writes, errors, ends, waits)) {
                client.execute("SET @kept = 'kept'");
                client.execute("INSERT INTO rw (a) VALUES (1)");
            }
            cluster.primary().kill();
            Await.until(
                    "the primary is down", () -> penstock.shell("list servers").contains("Down"));
            for (Client client : List.of(writes, errors, waits)) {
                assertThat(client.value("SELECT CONCAT(@kept, @@server_id > 1)"))
                        .isEqualTo("kept1");
            }
            assertThatThrownBy(() -> ends.execute(WHERE)).isInstanceOf(SQLException.class);
            assertThat(refused(errors, "INSERT INTO rw (a) VALUES (2)").getErrorCode())
                    .isEqualTo(1290);
            assertThat(errors.value("SELECT @kept")).isEqualTo("kept");
            assertThat(refused(writes, "INSERT INTO rw (a) VALUES (2)").getErrorCode())
                    .isEqualTo(1927);
            assertThatThrownBy(() -> writes.execute(WHERE)).isInstanceOf(SQLException.class);
            SQLException no = catchThrowableOfType(
                    SQLException.class, () -> Client.to(instantly).close());
            assertThat(no.getErrorCode()).isEqualTo(1815);
            try (Client later = Client.to(onWrite)) {
                assertThat(later.value(WHERE)).isNotEqualTo("1");
            }
            Queue<String> outcome = new ConcurrentLinkedQueue<>();
            Thread waiting = new Thread(() -> {
                try {
                    waits.execute("INSERT INTO rw (a) SELECT @@server_id + 100 FROM DUAL WHERE @kept = 'kept'");
                    outcome.add("done");
                } catch (SQLException e) {
                    outcome.add(e.toString());
                }
            });
            waiting.start();
            cluster.primary().start();
            awaitServers();
            waiting.join(60_000);
            assertThat(outcome).containsExactly("done");
            errors.execute("INSERT INTO rw (a) VALUES (3)");
            assertThat(errors.value("SELECT CONCAT(COUNT(*), @kept) FROM rw WHERE a IN (3, 101) FOR UPDATE"))
                    .isEqualTo("2kept");
        }
    }

    /** What the client counts on is gone with the primary: the session ends rather than go on without. */
    @Test
    @Order(6)
    void shouldEndWithAPrimaryThatHadATransactionOrTemporaryTables() throws Exception {
        try (Client begun = Client.to(error);
                Client table = Client.to(error);
                Client next = Client.to(error);
                Client free = Client.to(error)) {
            begun.execute("BEGIN");
            begun.execute("INSERT INTO rw (a) VALUES (600)");
            table.execute("CREATE TEMPORARY TABLE own (a INT)");
            next.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
            free.execute("INSERT INTO rw (a) VALUES (601)");
            cluster.primary().kill();
            cluster.primary().start();
            cluster.awaitReplicas();
            awaitServers();
            assertThatThrownBy(() -> begun.execute("INSERT INTO rw (a) VALUES (602)"))
                    .isInstanceOf(SQLException.class);
            assertThat(refused(table, "SELECT COUNT(*) FROM own").getErrorCode())
                    .isIn(1290, 1927);
            assertThat(refused(next, "INSERT INTO rw (a) VALUES (603)").getErrorCode())
                    .isIn(1290, 1927);
            free.execute("INSERT INTO rw (a) VALUES (604)");
            assertThat(free.value("SELECT GROUP_CONCAT(a ORDER BY a) FROM rw WHERE a >= 600 FOR UPDATE"))
                    .isEqualTo("601,604");
            free.execute("DELETE FROM rw WHERE a >= 600");
        }
    }

    @Test
    @Order(7)
    void shouldFollowThePrimaryWhenItMoves() throws Exception {
        try (Client free = Client.to(onWrite);
                Client bound = Client.to(onWrite)) {
            free.execute("SET @kept = 'kept'");
            free.execute("INSERT INTO rw (a) VALUES (4)");
            bound.execute("BEGIN");
            bound.execute("INSERT INTO rw (a) VALUES (5)");
            cluster.primary().execute("set global read_only = on");
            cluster.awaitReplicas();
            cluster.server("server2").promote();
            cluster.server("server3").execute("stop slave");
            cluster.server("server3").replicateFrom(cluster.server("server2"));
            cluster.primary().replicateFrom(cluster.server("server2"));
            Await.until("the primary has moved", penstock::complaints, () -> penstock.shell("list servers")
                    .lines()
                    .anyMatch(line -> line.contains("server2") && line.contains("Master, Running")));
            Await.until(
                    "the monitor sees replicas",
                    () -> penstock.shell("list servers").split("Slave, Running", -1).length == 3);
            free.execute("INSERT INTO rw (a) SELECT @@server_id + 200 FROM DUAL WHERE @kept = 'kept'");
            assertThat(free.value("SELECT COUNT(*) FROM rw WHERE a = 202 FOR UPDATE"))
                    .isEqualTo("1");
            assertThatThrownBy(() -> bound.execute("COMMIT")).isInstanceOf(SQLException.class);
        }
    }
}
