package org.penstock.itests.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.ConsoleSession;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.ProgramResult;

/** The commands of {@code bin/penstock}, with their exit status, in front of real servers. */
class DistributionIT {
    @TempDir
    Path temp;

    private Distribution distribution;
    private int port;

    @BeforeEach
    void assemble() throws Exception {
        distribution = Distribution.in(temp.resolve("penstock"));
        port = FreePort.next();
    }

    private String configuration() {
        return Cluster.sections() + Cluster.service("Main", "", port);
    }

    private PenstockProcess start() throws Exception {
        PenstockProcess started = PenstockProcess.start(distribution, temp.resolve("run"), configuration())
                .awaitReady();
        Await.until("the primary is known", started::complaints, () -> started.shell("list servers")
                .contains("Master, Running"));
        return started;
    }

    private ProgramResult penstock(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(distribution.script().toString()));
        command.addAll(List.of(arguments));
        return ProgramResult.of(command);
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(temp.resolve(name), text);
    }

    @Test
    void shouldServeAndEndInOrderWhenStartedAsADaemon() throws Exception {
        String conf = file("penstock.cnf", configuration()).toString();
        String data = temp.resolve("data").toString();
        assertThat(penstock("status", "-D", data).status()).isEqualTo(3);
        assertThat(penstock("start", "-f", conf, "-D", data).status()).isZero();
        try {
            assertThat(penstock("start", "-f", conf, "-D", data).status()).isEqualTo(75);
            ProgramResult status = penstock("status", "-D", data);
            assertThat(status.status()).isZero();
            assertThat(status.text()).contains("Main", Integer.toString(port));
            Await.until(
                    "a session is accepted",
                    () -> penstock("console", "-D", data, "list servers").text().contains("Master, Running"));
            try (Client client = Client.to(port)) {
                assertThat(client.value("SELECT COUNT(*) FROM items")).isEqualTo("1000");
            }
            assertThat(penstock("console", "-D", data, "no such command").status())
                    .isEqualTo(64);
        } finally {
            assertThat(penstock("stop", "-D", data).status()).isZero();
        }
        assertThat(penstock("status", "-D", data).status()).isEqualTo(3);
        assertThat(penstock("console", "-D", data, "list servers").status()).isEqualTo(69);
    }

    @Test
    void shouldTellVersionAndCheckConfigurationWhenNothingRuns() throws Exception {
        assertThat(penstock("--version").text()).startsWith("Penstock 0.1.0");
        assertThat(penstock("-c", "-f", file("good.cnf", configuration()).toString())
                        .status())
                .isZero();
        assertThat(penstock("-c", "-f", temp.resolve("absent.cnf").toString()).status())
                .isEqualTo(78);
        String encrypted = configuration()
                .replaceFirst(
                        "(?m)^type=listener$",
                        "type=listener\nssl=required\nssl_cert=/absent.crt\nssl_key=/absent.key");
        ProgramResult checked = penstock("-c", "-f", file("tls.cnf", encrypted).toString());
        assertThat(checked.status()).isEqualTo(78);
        assertThat(checked.text()).contains("] ssl_cert: /absent.crt: there is no such file", ": 1 mistake");
    }

    @Test
    void shouldReportEveryMistakeWhenAConfigurationHasTen() throws Exception {
        Path conf = file(
                "ten.cnf",
                """
                [maxscale]
                treads=2
                [s1]
                type=server
                address=127.0.0.1
                port=99999
                [s2]
                type=sever
                [Cluster]
                type=monitor
                module=mysqlmonn
                servers=s1
                user=maxuser
                passwd=maxpwd
                [Log]
                type=filter
                module=qlafilter
                filebase=q
                log_tipe=session
                [Rewrite]
                type=filter
                module=regexfilter
                match=x
                [Rows]
                type=filter
                module=maxrows
                max_resultset_rows=few
                [Main]
                type=service
                router=readconnroute
                servers=s9
                filters=Nothing
                user=maxuser
                passwd=maxpwd
                [Listen]
                type=listener
                service=Mian
                protocol=MySQLClient
                port=4006
                """);
        ProgramResult checked = penstock("-c", "-f", conf.toString());
        assertThat(checked.status()).isEqualTo(78);
        assertThat(checked.text())
                .contains(": 10 mistakes", "treads", "port", "sever", "mysqlmon", "log_tipe", "replace")
                .contains("max_resultset_rows", "s9", "Nothing", "Mian");
        ProgramResult run = penstock(
                "run", "-f", conf.toString(), "-D", temp.resolve("data").toString());
        assertThat(run.status()).isEqualTo(78);
        assertThat(run.text()).doesNotContain("READY");
    }

    @Test
    void shouldEndWithStatus69WhenAPortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            ProgramResult run = penstock(
                    "run",
                    "-f",
                    file("penstock.cnf", configuration()).toString(),
                    "-D",
                    temp.resolve("data").toString());
            assertThat(run.status()).isEqualTo(69);
            assertThat(run.text()).contains("Main-Listener", Integer.toString(port));
        }
    }

    @Test
    void shouldApplyOnlyTheDifferenceWhenReloaded() throws Exception {
        try (PenstockProcess penstock = start();
                Client client = Client.to(port);
                ConsoleSession shell = penstock.console()) {
            String id = client.value("SELECT CONNECTION_ID()");
            int second = FreePort.next();
            Files.writeString(penstock.configuration(), configuration() + Cluster.service("Second", "", second));
            assertThat(shell.done("reload config --dry-run")).contains("Second");
            assertThat(shell.done("list services")).doesNotContain("Second");
            shell.done("reload config");
            Await.until("the new listener serves", () -> shell.done("list listeners")
                    .contains("Second-Listener"));
            try (Client another = Client.to(second)) {
                assertThat(another.value("SELECT 1")).isEqualTo("1");
            }
            assertThat(client.value("SELECT CONNECTION_ID()")).isEqualTo(id);
            Files.writeString(penstock.configuration(), "[Main]\ntype=nonsense\n");
            assertThat(shell.run("reload config").status()).isNotZero();
            assertThat(client.value("SELECT CONNECTION_ID()")).isEqualTo(id);
        }
    }

    @Test
    void shouldNameTheBundleAndServeOnWhenAJarInDeployDoesNotResolve() throws Exception {
        try (PenstockProcess penstock = start();
                Client client = Client.to(port)) {
            Path jar = org.penstock.itests.harness.ProbeBundle.of(
                            "org.penstock.itests.unresolvable", DistributionIT.class.getPackage())
                    .importing("com.example.nowhere")
                    .write(temp, 1);
            Files.copy(jar, distribution.deploy().resolve(jar.getFileName()));
            Await.until("the log names the bundle", penstock::complaints, () -> penstock.log()
                    .lines()
                    .anyMatch(line -> line.contains("unresolvable") && line.contains("com.example.nowhere")));
            assertThat(client.value("SELECT 1")).isEqualTo("1");
            try (Client another = Client.to(port)) {
                assertThat(another.value("SELECT 2")).isEqualTo("2");
            }
        }
    }
}
