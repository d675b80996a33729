package org.penstock.itests.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.Jvm;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.WireClient;

/** Clients that err: each is told so or closed, and a session beside them notices nothing. */
class BadInputIT {
    private static final int OK = 0;
    private static final int ERR = 0xFF;
    private static final long SEED = 4711;

    @TempDir
    static Path temp;

    private static PenstockProcess penstock;
    private static int port;

    private Client bystander;
    private String id;

    @BeforeAll
    static void start() throws Exception {
        port = FreePort.next();
        penstock = PenstockProcess.start(
                        Distribution.in(temp.resolve("penstock")),
                        temp.resolve("run"),
                        Cluster.sections() + Cluster.service("Main", "", port))
                .awaitReady();
        Await.until("the primary is known", penstock::complaints, () -> penstock.shell("list servers")
                .contains("Master, Running"));
    }

    @AfterAll
    static void stop() {
        if (penstock != null) {
            penstock.close();
        }
    }

    @BeforeEach
    void openBystander() throws SQLException {
        bystander = Client.to(port);
        id = bystander.value("SELECT CONNECTION_ID()");
    }

    @AfterEach
    void checkBystander() throws SQLException {
        assertThat(bystander.value("SELECT CONNECTION_ID()")).isEqualTo(id);
        bystander.close();
        assertThat(penstock.isAlive()).isTrue();
        assertThat(penstock.log()).doesNotContain("LEAK:");
    }

    @Test
    void shouldCloseWhenGarbageComesBeforeLogin() throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            try (WireClient client = new WireClient(port)) {
                assertThat(client.packet()).isNotEmpty();
                byte[] garbage = new byte[1 + random.nextInt(300)];
                random.nextBytes(garbage);
                client.send(1, garbage);
                assertThat(client.closed()).as("seed %d round %d", SEED, round).isTrue();
            }
        }
    }

    @Test
    void shouldLetNoUserNameBeginALineOfTheLog() throws Exception {
        String forged = "2026-01-01T00:00:00.000Z ERROR [main] Penstock - forged";
        assertThatThrownBy(() -> Client.to(port, "nobody\n" + forged + "\u001B[2J", "wrong", "demo"))
                .isInstanceOf(SQLException.class)
                .extracting(refusal -> ((SQLException) refusal).getErrorCode())
                .isEqualTo(1045);
        Await.until("the refusal is logged", penstock::complaints, () -> penstock.log()
                .contains("forged"));
        assertThat(penstock.log().lines()).noneMatch(line -> line.startsWith(forged));
        assertThat(penstock.log()).doesNotContain("\u001B");
    }

    @Test
    void shouldCloseWhenAPacketBeforeLoginIsOversized() throws Exception {
        try (WireClient client = new WireClient(port)) {
            assertThat(client.packet()).isNotEmpty();
            client.raw(new byte[] {-1, -1, -1, 1});
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void shouldForgetTheClientWhenItBreaksOffInsideAPacket() throws Exception {
        for (int length = 0; length < 40; length++) {
            try (WireClient client = new WireClient(port)) {
                assertThat(client.packet()).isNotEmpty();
                client.raw(Arrays.copyOf(new byte[] {80, 0, 0, 1, 1, 2, 3}, length));
            }
            try (WireClient client = new WireClient(port)) {
                assertThat(client.login()[0] & 0xFF).isEqualTo(OK);
                client.raw(Arrays.copyOf(new byte[] {80, 0, 0, 0, 3, 'S', 'E'}, length));
            }
        }
        Await.until("sessions have ended", () -> sessions() <= 1);
    }

    private static long sessions() throws Exception {
        return penstock.shell("list sessions --tsv")
                .lines()
                .filter(line -> line.contains("Main"))
                .count();
    }

    @Test
    void shouldAnswerOrCloseWhenGarbageComesAfterLogin() throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            try (WireClient client = new WireClient(port)) {
                assertThat(client.login()[0] & 0xFF).isEqualTo(OK);
                byte[] garbage = new byte[1 + random.nextInt(300)];
                random.nextBytes(garbage);
                garbage[0] = (byte) (0x20 + random.nextInt(0xA0));
                client.send(0, garbage);
                byte[] answer = client.packet();
                assertThat(answer == null || (answer[0] & 0xFF) == ERR)
                        .as("seed %d round %d command %d", SEED, round, garbage[0] & 0xFF)
                        .isTrue();
            }
        }
    }

    @Test
    void shouldSayErrorAndCloseWhenTheSequenceIsWrong() throws Exception {
        try (WireClient client = new WireClient(port)) {
            assertThat(client.login()[0] & 0xFF).isEqualTo(OK);
            client.send(7, new byte[] {3, 'D', 'O', ' ', '1'});
            byte[] answer = client.packet();
            assertThat(answer == null || (answer[0] & 0xFF) == ERR).isTrue();
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void shouldSayWhatAServerSaysWhenTheLoginIsWrong() {
        assertThatThrownBy(() -> Client.to(port, "app", "wrong", "demo"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045))
                .hasMessageContaining("Access denied for user 'app'@'127.0.0.1'");
        assertThatThrownBy(() -> Client.to(port, "nobody", "app", "demo"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
        assertThatThrownBy(() -> Client.to(port, "app", "app", "nowhere"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isIn(1044, 1049));
    }

    @Test
    void shouldServeOthersWhenManyConnectAndSayNothing() throws Exception {
        List<WireClient> silent = new ArrayList<>();
        try {
            for (int count = 0; count < 200; count++) {
                silent.add(new WireClient(port));
            }
            try (Client client = Client.to(port)) {
                assertThat(client.value("SELECT 1")).isEqualTo("1");
            }
        } finally {
            for (WireClient client : silent) {
                client.close();
            }
        }
    }

    @Test
    void shouldKeepMemoryWithinBoundsWhenReadersOfHugeResultsAreSlow() throws Exception {
        List<WireClient> slow = new ArrayList<>();
        long before = Jvm.resident(penstock.pid());
        try {
            for (int count = 0; count < 8; count++) {
                WireClient client = new WireClient(port);
                slow.add(client);
                assertThat(client.login()[0] & 0xFF).isEqualTo(OK);
                client.query("SELECT REPEAT('x', 100000) FROM demo.items a, demo.items b");
                assertThat(client.packet()).isNotEmpty();
            }
            for (int look = 0; look < 30; look++) {
                assertThat(bystander.value("SELECT 'look'")).isEqualTo("look");
                Thread.sleep(100);
            }
            // Ten gigabytes each are waiting; without back-pressure the heap would have been full long ago.
            assertThat(Jvm.resident(penstock.pid()) - before).isLessThan(64L * 1024 * 1024);
        } finally {
            for (WireClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void shouldServeOthersWhenTwoThousandConnectAtOnce() throws Exception {
        int count = 2_000;
        List<WireClient> clients = new ArrayList<>();
        try {
            for (int index = 0; index < count; index++) {
                clients.add(new WireClient(port));
            }
            for (WireClient client : clients) {
                byte[] answer = client.login();
                assertThat(answer == null ? -1 : answer[0] & 0xFF).isEqualTo(OK);
            }
            clients.get(count - 1).query("SELECT 1");
            assertThat(clients.get(count - 1).packet()).containsExactly(1);
        } finally {
            for (WireClient client : clients) {
                client.close();
            }
        }
    }
}
