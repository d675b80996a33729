package org.penstock.itests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.filter.Filter;
import org.penstock.api.monitor.Monitor;
import org.penstock.api.router.Router;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.Jvm;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.ProbeBundle;
import org.penstock.itests.harness.WireClient;
import org.penstock.itests.probe.contract.CacheFilter;
import org.penstock.itests.probe.contract.HoldFilter;
import org.penstock.itests.probe.contract.ProbeRouter;
import org.penstock.itests.probe.contract.TeeFilter;
import org.penstock.itests.probe.contract.ThrowingFilter;
import org.penstock.itests.probe.contract.ThrowingMonitor;

/** Probes of the contract: what they decide happens, and what they do wrong ends the session that they did it in, no other. */
class ContractIT {
    private static final String NAME = "org.penstock.itests.contract";

    @TempDir
    static Path temp;

    private static PenstockProcess penstock;
    private static int probe;
    private static int bad;
    private static int other;

    private Client bystander;
    private String id;

    @BeforeAll
    static void start() throws Exception {
        probe = FreePort.next();
        bad = FreePort.next();
        other = FreePort.next();
        penstock = PenstockProcess.start(
                        Distribution.in(temp.resolve("penstock")).with(bundle(), NAME, "0.1.1"),
                        temp.resolve("run"),
                        configuration())
                .awaitReady();
        Await.until("the primary is known", penstock::complaints, () -> penstock.shell("list servers")
                .contains("Master, Running"));
    }

    private static Path bundle() throws Exception {
        return ProbeBundle.of(NAME, HoldFilter.class.getPackage())
                .importing(
                        "org.penstock.api.command;version=\"[0.1,1)\"",
                        "org.penstock.api.error;version=\"[0.1,1)\"",
                        "org.penstock.api.filter;version=\"[0.1,1)\"",
                        "org.penstock.api.monitor;version=\"[0.1,1)\"",
                        "org.penstock.api.router;version=\"[0.1,1)\"",
                        "org.penstock.api.server;version=\"[0.1,1)\"",
                        "org.penstock.api.session;version=\"[0.1,1)\"")
                .component(HoldFilter.class, Filter.class, "filter", "holdfilter")
                .component(CacheFilter.class, Filter.class, "filter", "cachefilter")
                .component(TeeFilter.class, Filter.class, "filter", "teefilter", "service")
                .component(ThrowingFilter.class, Filter.class, "filter", "throwingfilter")
                .component(ProbeRouter.class, Router.class, "router", "proberouter")
                .component(
                        ThrowingMonitor.class,
                        Monitor.class,
                        "monitor",
                        "throwingmonitor",
                        "servers",
                        "user",
                        "passwd",
                        "monitor_interval")
                .write(temp, 1);
    }

    private static String configuration() {
        return Cluster.sections()
                + """

                [Hold]
                type=filter
                module=holdfilter

                [Cache]
                type=filter
                module=cachefilter

                [Tee]
                type=filter
                module=teefilter
                service=Other

                [Bad]
                type=filter
                module=throwingfilter

                [spare]
                type=server
                address=127.0.0.1
                port=1
                protocol=MySQLBackend

                [BadMonitor]
                type=monitor
                module=throwingmonitor
                servers=spare
                user=maxuser
                passwd=maxpwd
                monitor_interval=500

                [Probe]
                type=service
                router=proberouter
                servers=server1
                user=maxuser
                passwd=maxpwd
                filters=Hold|Cache|Tee
                """
                + Cluster.listener("Probe", probe) + Cluster.service("BadService", "Bad", bad)
                + Cluster.service("Other", "", other);
    }

    @AfterAll
    static void stop() {
        if (penstock != null) {
            penstock.close();
        }
    }

    @BeforeEach
    void openBystander() throws SQLException {
        bystander = Client.to(other);
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
    void shouldGoOnAsTheHoldSaysWhenAFilterHolds() throws SQLException {
        try (Client client = Client.to(probe)) {
            assertThat(client.value("SELECT /*timer*/ 'held'")).isEqualTo("held");
            assertThat(client.value("SELECT /*background*/ 'held'")).isEqualTo("from the background");
            assertThatThrownBy(() -> client.value("SELECT /*forever*/ 1")).hasMessageContaining("held too long");
            assertThat(client.value("SELECT 'after'")).isEqualTo("after");
        }
    }

    @Test
    void shouldGetTheKeptReplyWhenAFilterAnswersFromItsCache() throws SQLException {
        try (Client client = Client.to(probe);
                Client second = Client.to(probe)) {
            String first = client.value("SELECT /*cached*/ UUID()");
            assertThat(client.value("SELECT /*cached*/ UUID()")).isEqualTo(first);
            assertThat(second.value("SELECT /*cached*/ UUID()")).isEqualTo(first);
            assertThat(client.value("SELECT UUID()")).isNotEqualTo(first);
        }
    }

    @Test
    void shouldRunTheStatementThereTooWhenAFilterHasABranch() throws Exception {
        try (Client client = Client.to(probe)) {
            client.execute("CREATE OR REPLACE TABLE demo.teed (n INT)");
            for (int count = 1; count <= 10; count++) {
                client.execute("INSERT /*tee*/ INTO demo.teed VALUES (" + count + ")");
            }
            Await.until("both have written", () -> client.value("SELECT COUNT(*) FROM demo.teed")
                    .equals("20"));
            client.execute("DROP TABLE demo.teed");
            Await.until("the branch has told", () -> penstock.shell("show filter Tee")
                    .matches("(?s).*done\\D+10\\b.*"));
        }
    }

    @Test
    void shouldAnswerFromTheResultWhenARouterAsksAServer() throws SQLException {
        try (Client client = Client.to(probe)) {
            assertThat(client.value("SELECT /*ask*/ 1")).isEqualTo("got 42");
            assertThat(client.value("SELECT 'after'")).isEqualTo("after");
        }
    }

    @Test
    void shouldKeepMemoryWithinBoundsWhenARouterStreamsWithoutEnd() throws Exception {
        long before = Jvm.resident(penstock.pid());
        try (WireClient client = new WireClient(probe)) {
            assertThat(client.login()[0]).isZero();
            client.query("SELECT /*endless*/ 1");
            assertThat(client.packet()).containsExactly(1);
            assertThat(client.packet()).isNotEmpty();
            for (int row = 0; row < 200_000; row++) {
                assertThat(client.packet()).hasSize(101);
            }
            assertThat(Jvm.resident(penstock.pid()) - before).isLessThan(64L * 1024 * 1024);
        }
        Await.until("the session has ended", () -> !penstock.shell("list sessions --tsv")
                .contains("Probe"));
    }

    @Test
    void shouldEndThatSessionOnlyWhenAFilterThrows() throws SQLException {
        for (String mark : new String[] {"/*throw*/", "/*null*/", "/*throw later*/"}) {
            try (Client beside = Client.to(bad);
                    Client client = Client.to(bad)) {
                assertThatThrownBy(() -> client.value("SELECT " + mark + " 1"))
                        .as(mark)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("filter 'Bad'");
                assertThatThrownBy(() -> client.value("SELECT 1")).isInstanceOf(SQLException.class);
                assertThat(beside.value("SELECT 'beside'")).isEqualTo("beside");
            }
        }
    }

    @Test
    void shouldEndThatSessionOnlyWhenARouterThrows() throws SQLException {
        try (Client beside = Client.to(probe);
                Client client = Client.to(probe)) {
            assertThatThrownBy(() -> client.value("SELECT /*throw*/ 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Probe");
            assertThat(beside.value("SELECT 'beside'")).isEqualTo("beside");
        }
    }

    @Test
    void shouldGoOnWatchingTheOthersWhenAMonitorThrows() throws Exception {
        assertThat(penstock.shell("list servers")).contains("Master, Running", "Slave, Running");
        Await.until("the log names the monitor", penstock::complaints, () -> penstock.log()
                .lines()
                .anyMatch(line -> line.contains("BadMonitor") && line.contains("a monitor that throws")));
    }
}
