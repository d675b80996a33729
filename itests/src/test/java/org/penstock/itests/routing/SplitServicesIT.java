package org.penstock.itests.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;

/** Services of readwritesplit that choose servers in other ways than by default, and servers that an operator takes out of service. */
class SplitServicesIT {
    private static final String WHERE = "SELECT @@server_id";
    private static final String PRIMARY = "1";
    private static final int READS = 12;

    @TempDir
    static Path temp;

    private static final Map<String, Integer> PORTS = new HashMap<>();
    private static PenstockProcess penstock;

    @BeforeAll
    static void start() throws Exception {
        String sections = Cluster.sections()
                .replace("[server1]\n", "[server1]\nsize=1\n")
                .replace("[server2]\n", "[server2]\nsize=3\n")
                .replace("[server3]\n", "[server3]\nsize=1\n");
        penstock = PenstockProcess.start(
                        Distribution.in(temp.resolve("penstock")),
                        temp.resolve("run"),
                        sections
                                + split("Lazy", "lazy_connect=true")
                                + split(
                                        "Weighted",
                                        "weightby=size\nslave_selection_criteria=least_router_connections\n"
                                                + "max_slave_connections=1")
                                + split("Adaptive", "slave_selection_criteria=adaptive_routing")
                                + split("None", "max_slave_connections=0")
                                + split("Later", "slave_connections=0\nmax_slave_connections=1")
                                + split("Errors", "master_failure_mode=error_on_write"))
                .awaitReady();
        Await.until("the servers are known", penstock::complaints, () -> {
            String servers = penstock.shell("list servers");
            return servers.contains("Master, Running") && servers.split("Slave, Running", -1).length == 3;
        });
        try (Client client = to("Errors")) {
            client.execute("CREATE OR REPLACE TABLE services (id INT AUTO_INCREMENT PRIMARY KEY, server INT)");
        }
        Cluster.shared().awaitReplicas();
    }

    private static String split(String name, String parameters) throws IOException {
        PORTS.put(name, FreePort.next());
        return ReadWriteSplitIT.split(name, parameters, PORTS.get(name));
    }

    private static Client to(String service) throws SQLException {
        return Client.to(PORTS.get(service));
    }

    @AfterAll
    static void stop() {
        if (penstock != null) {
            penstock.close();
        }
    }

    @AfterEach
    void noModuleFailed() {
        assertThat(penstock.log()).doesNotContain("LEAK:", "Exception");
    }

    private static Set<String> servers(Client client, String sql) throws SQLException {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < READS; i++) {
            seen.add(client.value(sql));
        }
        return seen;
    }

    /** The servers of a session, as the shell lists them. */
    private static String connected(Client client) throws Exception {
        return shown(client, "Servers");
    }

    private static String shown(Client client, String label) throws Exception {
        String id = Long.toString(client.connection()
                .unwrap(org.mariadb.jdbc.Connection.class)
                .getContext()
                .getThreadId());
        return penstock.shell("show session " + id + " --tsv")
                .lines()
                .filter(line -> line.startsWith(label + "\t"))
                .findFirst()
                .orElseThrow()
                .substring(label.length() + 1);
    }

    // -- lazy_connect

    @Test
    void shouldConnectServersOfALazySessionWhenTheyAreNeeded() throws Exception {
        try (Client client = to("Lazy")) {
            client.execute("SET @kept = 7");
            assertThat(connected(client))
                    .as("the driver's first commands need one server")
                    .matches("server[23]");
            assertThat(client.value("SELECT @kept + 0 * @@server_id")).isEqualTo("7");
            client.execute("INSERT INTO services (server) VALUES (@kept)");
            assertThat(connected(client)).contains("server1");
            assertThat(client.value("SELECT server FROM services ORDER BY id DESC LIMIT 1 FOR UPDATE"))
                    .isEqualTo("7");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "SET autocommit = 0",
                "BEGIN",
                "LOCK TABLES services WRITE",
                "CREATE TEMPORARY TABLE lazy_own (a INT)",
            })
    void shouldWriteInALazySessionWhateverItBeganWith(String first) throws Exception {
        try (Client client = to("Lazy")) {
            client.execute(first);
            client.execute("INSERT INTO services (server) VALUES (0)");
            assertThat(client.value("SELECT @@server_id FROM services LIMIT 1")).isIn(PRIMARY, "2", "3");
            client.execute("COMMIT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN", "COMMIT; BEGIN", "START TRANSACTION READ WRITE", "LOCK TABLES services WRITE"})
    void shouldBeginToWriteRightBehindAReadOnlyTransaction(String begin) throws Exception {
        try (Client client = to("Lazy")) {
            client.execute("SET @kept = 7");
            client.execute("START TRANSACTION READ ONLY");
            assertThat(servers(client, WHERE)).hasSize(1).doesNotContain(PRIMARY);
            for (String each : begin.split("; ")) {
                client.execute(each);
            }
            assertThat(servers(client, WHERE + " + 0 * @kept")).containsExactly(PRIMARY);
            client.execute("INSERT INTO services (server) VALUES (@@server_id)");
            client.execute("COMMIT");
            client.execute("UNLOCK TABLES");
            assertThat(servers(client, "SELECT @kept")).containsExactly("7");
        }
    }

    // -- the choice of a replica

    @Test
    void shouldGiveSessionsToReplicasByTheirWeights() throws Exception {
        List<Client> clients = new ArrayList<>();
        try {
            int heavy = 0;
            for (int i = 0; i < 8; i++) {
                Client client = to("Weighted");
                clients.add(client);
                heavy += client.value(WHERE).equals("2") ? 1 : 0;
            }
            assertThat(heavy)
                    .as("sessions at the server of three parts in four")
                    .isEqualTo(6);
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void shouldReadMostlyFromTheServerThatAnswersFaster() throws Exception {
        Map<String, Integer> reads = new HashMap<>();
        try (Client client = to("Adaptive")) {
            for (int i = 0; i < 60; i++) {
                reads.merge(client.value("SELECT @@server_id + SLEEP(IF(@@server_id = 3, 0.3, 0))"), 1, Integer::sum);
            }
        }
        assertThat(reads).containsOnlyKeys("2", "3");
        assertThat(reads.get("2")).isGreaterThan(2 * reads.get("3"));
    }

    @Test
    void shouldUseAsManyReplicasAsItMay() throws Exception {
        try (Client none = to("None");
                Client later = to("Later")) {
            assertThat(servers(none, WHERE)).containsExactly(PRIMARY);
            assertThat(connected(none)).isEqualTo("server1");
            assertThat(servers(later, WHERE)).hasSize(1).doesNotContain(PRIMARY);
            later.execute("INSERT INTO services (server) VALUES (0)");
            assertThat(connected(later)).matches("server1, server[23]");
            assertThat(shown(later, "Counter route_slave")).matches("[0-9]{2}");
            assertThat(shown(later, "Counter route_master")).isEqualTo("1");
        }
    }

    // -- servers taken out of service

    @Test
    void shouldStayOnADrainedServerAndConnectNobodyElseToIt() throws Exception {
        try (Client before = to("Errors")) {
            before.execute("START TRANSACTION READ ONLY");
            String on = before.value(WHERE);
            penstock.shell("set server server" + on + " draining");
            try (Client later = to("Errors")) {
                assertThat(servers(before, WHERE)).containsExactly(on);
                before.execute("COMMIT");
                assertThat(connected(before)).as("what it has it keeps").contains("server" + on);
                assertThat(servers(later, WHERE)).doesNotContain(on, PRIMARY);
                assertThat(connected(later)).doesNotContain("server" + on);
            } finally {
                penstock.shell("clear server server" + on + " draining");
            }
            try (Client again = to("Errors")) {
                assertThat(servers(again, WHERE)).contains(on);
            }
        }
    }

    @Test
    void shouldLetATransactionEndOnThePrimaryThatGoesIntoMaintenance() throws Exception {
        try (Client client = to("Errors");
                Client idle = to("Errors")) {
            client.execute("BEGIN");
            client.execute("INSERT INTO services (server) VALUES (100)");
            idle.execute("SET @kept = 1");
            penstock.shell("set server server1 maintenance");
            try {
                client.execute("INSERT INTO services (server) VALUES (100)");
                client.execute("COMMIT");
                for (Client each : List.of(client, idle)) {
                    SQLException refused = catchThrowableOfType(
                            SQLException.class, () -> each.execute("INSERT INTO services (server) VALUES (101)"));
                    assertThat(refused.getErrorCode()).isEqualTo(1290);
                    assertThat(servers(each, WHERE)).doesNotContain(PRIMARY);
                    assertThat(connected(each)).doesNotContain("server1");
                }
            } finally {
                penstock.shell("clear server server1 maintenance");
            }
            Await.until("the primary is one again", () -> penstock.shell("list servers")
                    .contains("Master, Running"));
            idle.execute("INSERT INTO services (server) SELECT 102 FROM DUAL WHERE @kept = 1");
            assertThat(idle.value("SELECT GROUP_CONCAT(server ORDER BY id) FROM services WHERE server > 99 FOR UPDATE"))
                    .isEqualTo("100,100,102");
        }
    }
}
