package org.penstock.benchmarks.macro.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.Options;
import org.penstock.benchmarks.macro.client.Account;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.client.Table;
import org.penstock.benchmarks.macro.load.JavaLoad;
import org.penstock.benchmarks.macro.load.Load;
import org.penstock.benchmarks.macro.load.Sysbench;
import org.penstock.benchmarks.macro.process.Packages;
import org.penstock.benchmarks.macro.process.Pause;
import org.penstock.benchmarks.macro.process.Workspace;
import org.penstock.benchmarks.macro.report.Results;
import org.penstock.benchmarks.macro.targets.Haproxy;
import org.penstock.benchmarks.macro.targets.Kind;
import org.penstock.benchmarks.macro.targets.Servers;

/** What must be there before anything is measured: programs, servers, the table; and a note of the circumstances. */
public final class Preparation {
    private static final Duration REPLICATION = Duration.ofSeconds(60);

    private Preparation() {}

    public static Bench of(Options options, Workspace workspace, Results results) {
        Load load = load(options, workspace, results);
        if (options.wants(Kind.HAPROXY) && !Packages.available(Haproxy.PACKAGE, workspace)) {
            options.leaveOut(Kind.HAPROXY);
            results.note("haproxy is missing, so there are no ratios to it; install the Debian package of this name");
        }
        facts(options, load, results);
        Servers servers = options.servers().orElseGet(() -> {
            System.err.println("Starting servers");
            return Servers.start(workspace, options.home(), 2, List.of("--max-connections", "2000"));
        });
        table(servers);
        return new Bench(options, workspace, servers, load, results);
    }

    private static void table(Servers servers) {
        Table.create(servers.primary(), Account.APP);
        for (Endpoint replica : servers.all().subList(1, servers.all().size())) {
            if (!Pause.until(() -> Table.isThere(replica, Account.APP), REPLICATION)) {
                throw new BenchmarkException("replica " + replica + " has not got the table within "
                        + REPLICATION.toSeconds() + " s; does it replicate from " + servers.primary() + "?");
            }
        }
    }

    private static Load load(Options options, Workspace workspace, Results results) {
        if (options.load().equals("java")) {
            return new JavaLoad(workspace);
        }
        if (Packages.available(Sysbench.PACKAGE, workspace)) {
            return new Sysbench(workspace);
        }
        if (options.load().equals("sysbench")) {
            throw new BenchmarkException(
                    "sysbench is missing and could not be installed; as root: apt-get install sysbench, or take --load java");
        }
        results.note(
                "sysbench is missing, the bundled load generator drives the workloads; it takes more of the processors");
        return new JavaLoad(workspace);
    }

    private static void facts(Options options, Load load, Results results) {
        results.fact("date", LocalDate.now(ZoneOffset.UTC).toString());
        results.fact("Java", Runtime.version().toString());
        results.fact("load", load.name());
        if (options.wants(Kind.HAPROXY)) {
            results.fact("haproxy", Haproxy.version());
        }
        results.fact("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        results.fact("load average at the start", loadAverage());
        results.fact(
                "each run",
                options.number("rounds") + " x " + options.number("seconds") + " s in turns, warm-up "
                        + options.number("warmup") + " s, " + options.number("threads") + " event loops"
                        + (options.separate() ? ", a process for each service" : ""));
    }

    private static String loadAverage() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException e) {
            return "unknown";
        }
    }
}
