package org.penstock.benchmarks.macro.targets;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.process.Java;
import org.penstock.benchmarks.macro.process.Workspace;

/** Database servers: the primary, then its replicas. */
public record Servers(List<Endpoint> all) {
    private static final Duration START = Duration.ofMinutes(15);
    private static final String MAIN = "org.penstock.servers.ServersMain";

    public Servers {
        all = List.copyOf(all);
    }

    /** From {@code HOST:PORT,...}. */
    public static Servers parse(String text) {
        return new Servers(Stream.of(text.split(",")).map(Endpoint::parse).toList());
    }

    /** The embedded ones, as processes of the workspace; the first start of all fetches and unpacks them. */
    public static Servers start(Workspace workspace, Path home, int replicas, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("--replicas", Integer.toString(replicas)));
        arguments.addAll(options);
        Child process = workspace.start(
                "servers",
                Java.command(
                        List.of("-XX:TieredStopAtLevel=1", "-Xmx64m"),
                        home.resolve("lib/demo") + "/*",
                        MAIN,
                        arguments));
        process.awaitLine("server" + (replicas + 1) + " ", START);
        return new Servers(process.output()
                .lines()
                .filter(line -> line.startsWith("server"))
                .map(line -> Endpoint.parse(line.substring(line.indexOf(' ') + 1)))
                .toList());
    }

    public Endpoint primary() {
        return all.get(0);
    }
}
