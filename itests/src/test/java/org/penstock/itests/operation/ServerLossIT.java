package org.penstock.itests.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.WireClient;
import org.penstock.servers.EmbeddedCluster;

/** Servers that end in the middle of a result, and servers that take fewer connections than there are clients. */
class ServerLossIT {
    private static final int ALLOWED = 100;
    private static final int ERR = 0xFF;
    private static final int TOO_MANY = 1040;

    @TempDir
    Path temp;

    private EmbeddedCluster cluster;
    private PenstockProcess penstock;
    private int write;
    private int read;

    @BeforeEach
    void start() throws Exception {
        cluster = EmbeddedCluster.builder()
                .replicas(1)
                .maxConnections(ALLOWED)
                .progress(System.err::println)
                .start();
        write = FreePort.next();
        read = FreePort.next();
        penstock = PenstockProcess.start(
                        Distribution.in(temp.resolve("penstock")),
                        temp.resolve("run"),
                        Cluster.sections(cluster)
                                + Cluster.service(cluster, "Write", "", write)
                                + Cluster.service(cluster, "Read", "", read)
                                        .replace("router_options=master", "router_options=slave"))
                .awaitReady();
        awaitServers();
    }

    private void awaitServers() throws Exception {
        Await.until("primary and replica are known", penstock::complaints, () -> {
            String servers = penstock.shell("list servers");
            return servers.contains("Master, Running") && servers.contains("Slave, Running");
        });
    }

    @AfterEach
    void stop() {
        if (penstock != null) {
            penstock.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void shouldTellTheClientAndServeOthersWhenThePrimaryIsKilledInTheMiddleOfAResult() throws Exception {
        try (Client bystander = Client.to(read);
                WireClient client = new WireClient(write)) {
            String id = bystander.value("SELECT CONNECTION_ID()");
            assertThat(client.login()[0]).isZero();
            client.query("SELECT REPEAT('x', 100000) FROM demo.items a, demo.items b");
            for (int packet = 0; packet < 10; packet++) {
                assertThat(client.packet()).isNotEmpty();
            }
            cluster.primary().kill();
            byte[] last = null;
            for (byte[] packet = client.packet(); packet != null; packet = client.packet()) {
                last = packet;
            }
            assertThat(last).isNotNull();
            assertThat(last[0] & 0xFF).isEqualTo(ERR);
            assertThat(new String(last, StandardCharsets.UTF_8)).contains("server1");
            Await.until(
                    "the primary is down", () -> penstock.shell("list servers").contains("Down"));
            assertThat(bystander.value("SELECT CONNECTION_ID()")).isEqualTo(id);
            cluster.primary().start();
            awaitServers();
            try (Client again = Client.to(write)) {
                assertThat(again.value("SELECT COUNT(*) FROM items")).isEqualTo("1000");
            }
            assertThat(bystander.value("SELECT CONNECTION_ID()")).isEqualTo(id);
        }
        assertThat(penstock.log()).contains("server1").doesNotContain("LEAK:");
    }

    @Test
    void shouldPassOnTooManyConnectionsWhenTheServerTakesNoMore() throws Exception {
        List<WireClient> clients = new ArrayList<>();
        try (Client bystander = Client.to(write)) {
            String id = bystander.value("SELECT CONNECTION_ID()");
            for (int index = 0; index < 2_000; index++) {
                clients.add(new WireClient(write));
            }
            int accepted = 0;
            for (WireClient client : clients) {
                byte[] answer = client.login();
                assertThat(answer).isNotNull();
                if ((answer[0] & 0xFF) == ERR) {
                    assertThat(answer[1] & 0xFF | (answer[2] & 0xFF) << 8).isEqualTo(TOO_MANY);
                } else {
                    assertThat(answer[0]).isZero();
                    accepted++;
                }
            }
            assertThat(accepted).isBetween(ALLOWED - 20, ALLOWED);
            assertThat(bystander.value("SELECT CONNECTION_ID()")).isEqualTo(id);
            for (WireClient client : clients) {
                client.close();
            }
            Await.until("a client is let in again", () -> {
                try (WireClient client = new WireClient(write)) {
                    return client.login()[0] == 0;
                }
            });
        } finally {
            for (WireClient client : clients) {
                client.close();
            }
        }
    }
}
