package org.penstock.itests.ledger;

import java.nio.file.Path;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.servers.EmbeddedCluster;

/** The ledger, from start to verdict; as a program for as long as one likes. */
public final class LedgerMain {
    private LedgerMain() {}

    /** Arguments: a directory for data and logs, replicas or primary, seconds, seed. Ends with a status other than 0 when something is wrong. */
    public static void main(String[] arguments) throws Exception {
        check(
                Path.of(arguments[0]),
                LedgerScene.valueOf(arguments[1].toUpperCase(Locale.ROOT)),
                Long.parseLong(arguments[2]),
                Long.parseLong(arguments[3]));
    }

    static void check(Path directory, LedgerScene scene, long seconds, long seed) throws Exception {
        int port = FreePort.next();
        try (EmbeddedCluster cluster =
                        EmbeddedCluster.builder().progress(System.err::println).start();
                PenstockProcess penstock = PenstockProcess.start(
                                Distribution.in(directory.resolve("penstock")),
                                directory.resolve("run"),
                                LedgerRun.sections(cluster, scene, port))
                        .awaitReady()) {
            LedgerRun run = new LedgerRun(cluster, scene, port);
            run.prepare();
            Await.until("primary and replicas are known", penstock::complaints, () -> {
                String servers = penstock.shell("list servers");
                return servers.contains("Master, Running") && servers.split("Slave, Running", -1).length == 3;
            });

            Ledger ledger = run.work(seconds, seed);

            System.err.println("Ledger: " + scene + ", seed " + seed + ", steps " + ledger.steps()
                    + ", sessions ended by error " + ledger.excused + ", entries " + ledger.outcomes());
            System.err.println(penstock.shell("show service Split"));
            SoftAssertions wrong = new SoftAssertions();
            wrong.assertThat(ledger.complaints()).as("what no session may see").isEmpty();
            wrong.assertThat(ledger.lost).as("sessions lost").isEmpty();
            wrong.assertThat(ledger.readers).as("servers that answered reads").contains("2", "3");
            wrong.assertThat(ledger.steps()).as("steps that were done").hasSameSizeAs(LedgerStep.values());
            wrong.assertThatCode(run::compare).as("what the servers hold").doesNotThrowAnyException();
            wrong.assertThat(penstock.log()).doesNotContain("LEAK:");
            wrong.assertAll();
        }
    }
}
