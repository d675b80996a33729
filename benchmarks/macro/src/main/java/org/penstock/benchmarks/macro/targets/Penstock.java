package org.penstock.benchmarks.macro.targets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.process.Java;
import org.penstock.benchmarks.macro.process.Workspace;

/** A running Penstock of one distribution, with a data directory of its own. */
public record Penstock(Child process, Map<Kind, Endpoint> addresses) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Begins the start; it is not waited for. */
    public static Penstock begin(
            Workspace workspace, Path home, PenstockConfiguration configuration, String jvmOptions) {
        Path data = workspace.fresh("data");
        Path file = workspace.write(data.getFileName() + ".cnf", configuration.text());
        String given = System.getenv().getOrDefault("JAVA_OPTS", "");
        Child process = workspace.start(
                "penstock",
                List.of(home.resolve("bin/penstock").toString(), "run", "-f", file.toString(), "-D", data.toString()),
                Map.of("JAVA_HOME", Java.home(), "JAVA_OPTS", (given + " " + jvmOptions).strip()));
        return new Penstock(process, configuration.addresses());
    }

    /** The same, and returns when every service has answered a query. */
    public static Penstock start(
            Workspace workspace, Path home, PenstockConfiguration configuration, String jvmOptions) {
        Penstock penstock = begin(workspace, home, configuration, jvmOptions);
        penstock.awaitReady();
        penstock.addresses.keySet().forEach(service -> penstock.service(service).awaitQuery());
        return penstock;
    }

    /** Checks that a directory holds a distribution. */
    public static Path checkedHome(Path home) {
        if (!Files.isExecutable(home.resolve("bin/penstock"))) {
            throw new BenchmarkException(
                    "no distribution in " + home + "; build it: mvn -Dquick -DskipTests -pl runtime -am package");
        }
        return home;
    }

    private void awaitReady() {
        process.awaitLine("READY", LIMIT);
    }

    /** One of its services. */
    public Started service(Kind kind) {
        Endpoint address = addresses.get(kind);
        if (address == null) {
            throw new IllegalArgumentException("no service " + kind.word());
        }
        return new Started(process, address);
    }
}
