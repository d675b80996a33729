package org.penstock.benchmarks.macro.load;

import java.time.Duration;
import java.util.List;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.client.LoadMain;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.process.Java;
import org.penstock.benchmarks.macro.process.Workspace;

/** The bundled load generator: threads with blocking sockets in a JVM of its own. */
public final class JavaLoad implements Load {
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final String RESULT = "RESULT ";
    private static final String INTERVAL = "INTERVAL ";

    private final Workspace workspace;

    public JavaLoad(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public String name() {
        return "bundled load generator on Java " + Runtime.version();
    }

    @Override
    public LoadResult run(Endpoint address, Row row, int seconds) {
        List<String> command = Java.own(
                List.of("-Xmx128m", "-XX:+UseSerialGC", "-Xshare:auto"),
                LoadMain.class,
                address.toString(),
                row.workload().word(),
                Integer.toString(row.clients()),
                Integer.toString(seconds));
        Child process = workspace.start("load", command);
        try {
            return parse(process.awaitEnd(MARGIN.plusSeconds(seconds)));
        } finally {
            workspace.end(process);
        }
    }

    static LoadResult parse(String output) {
        String[] fields = output.lines()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> line.substring(RESULT.length()).split(" "))
                .findFirst()
                .orElseThrow(() -> new BenchmarkException("the load generator printed no result: " + output));
        List<Double> intervals = output.lines()
                .filter(line -> line.startsWith(INTERVAL))
                .map(line -> Double.valueOf(line.substring(INTERVAL.length())))
                .toList();
        return new LoadResult(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Double.parseDouble(fields[3]),
                Double.parseDouble(fields[4]),
                Double.parseDouble(fields[5]),
                Double.parseDouble(fields[6]),
                Long.parseLong(fields[2]),
                intervals);
    }
}
