package org.penstock.itests.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.ConsoleSession;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.Generations;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.ProbeBundle;

/** The statement router is swapped under load: nothing of the sessions is lost. */
class RouterUpgradeIT {
    private static final String ROUTER = "org.penstock.router.readwritesplit";
    private static final int SESSIONS = 6;
    private static final int VERSIONS = 8;

    @TempDir
    Path temp;

    @Test
    void shouldKeepTransactionsPreparedStatementsAndConnectionsWhenTheRouterIsSwapped() throws Exception {
        int port = FreePort.next();
        try (PenstockProcess penstock = PenstockProcess.start(
                                Distribution.in(temp.resolve("penstock")),
                                temp.resolve("run"),
                                Cluster.sections()
                                        + Cluster.service("Split", "", port)
                                                .replace(
                                                        "router=readconnroute\nrouter_options=master",
                                                        "router=readwritesplit"))
                        .awaitReady();
                ConsoleSession shell = penstock.console()) {
            Await.until("the servers are known", () -> {
                String servers = shell.done("list servers");
                return servers.contains("Master, Running") && servers.split("Slave, Running", -1).length == 3;
            });
            try (Client client = Client.to(port)) {
                client.execute("CREATE OR REPLACE TABLE split (session INT, round BIGINT)");
            }
            Cluster.shared().awaitReplicas();
            long committed;
            try (SplitWorkload workload = SplitWorkload.start(SESSIONS, port)) {
                workload.awaitRounds(5);
                Generations generations = new Generations(penstock, shell);
                for (int version = 1; version <= VERSIONS; version++) {
                    Path jar = ProbeBundle.raised(ROUTER, temp, version);
                    shell.done("update " + ROUTER + " file:" + jar);
                    Files.delete(jar);
                    workload.awaitRounds(10);
                    generations.awaitMoved("readwritesplit", "0.1." + version, SESSIONS);
                }
                shell.done("alter service Split slave_selection_criteria=adaptive_routing");
                workload.awaitRounds(10);
                generations.awaitMoved("readwritesplit", "0.1." + VERSIONS, SESSIONS);
                committed = workload.finish();
            }
            try (Client client = Client.to(port)) {
                assertThat(client.value("SELECT COUNT(*) FROM split FOR UPDATE"))
                        .isEqualTo(Long.toString(committed));
            }
            assertThat(penstock.log()).doesNotContain("LEAK:");
        }
    }
}
