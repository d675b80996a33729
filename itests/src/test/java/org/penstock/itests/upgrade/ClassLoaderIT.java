package org.penstock.itests.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.ConsoleSession;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.Jvm;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.ProbeBundle;
import org.penstock.itests.probe.count.CountFilter;

/** A bundle updated a thousand times under work leaves no classes of its old versions behind. */
class ClassLoaderIT {
    private static final int UPDATES = 1_000;
    private static final int SESSIONS = 4;
    private static final int OLD_ONES = 2;
    private static final String CLASS = CountFilter.class.getName();

    @TempDir
    Path temp;

    @Test
    void shouldUnloadOldVersionsWhenABundleIsUpdatedAThousandTimes() throws Exception {
        ProbeBundle probe = CountBundle.builder();
        Distribution distribution =
                Distribution.in(temp.resolve("penstock")).with(probe.write(temp, 1), CountBundle.NAME, "0.1.1");
        Path[] jars = {probe.write(temp, 2), probe.write(temp, 3)};
        int port = FreePort.next();
        String configuration = Cluster.sections() + Workload.FILTERS + Cluster.service("Main", "Rewrite|Count", port);
        try (PenstockProcess penstock = PenstockProcess.start(distribution, temp.resolve("run"), configuration)
                        .awaitReady();
                ConsoleSession shell = penstock.console()) {
            Await.until("the primary is known", () -> shell.done("list servers").contains("Master, Running"));
            try (Workload workload = Workload.start(SESSIONS, port)) {
                workload.awaitVersion(1);
                for (int update = 0; update < UPDATES; update++) {
                    shell.done("update " + CountBundle.NAME + " file:" + jars[update % 2]);
                    if (update % 100 == 1) {
                        workload.awaitVersion(3);
                    }
                }
                workload.awaitVersion(3);
                long[] loaders = new long[1];
                Await.until("old classes are unloaded", () -> loaders[0] + " class loaders", () -> {
                    loaders[0] = Jvm.loaders(penstock.pid(), CLASS);
                    return loaders[0] <= 1 + OLD_ONES;
                });
                assertThat(loaders[0]).isPositive();
                workload.finish();
            }
        }
    }
}
