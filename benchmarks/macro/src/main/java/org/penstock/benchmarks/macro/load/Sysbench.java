package org.penstock.benchmarks.macro.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.penstock.benchmarks.macro.client.Account;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.client.Table;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.process.Packages;
import org.penstock.benchmarks.macro.process.Workspace;

/** sysbench 1.0 with its own scripts, and with two of ours for what it has none. */
public final class Sysbench implements Load {
    /** Name of the Debian package and of the program. */
    public static final String PACKAGE = "sysbench";

    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Workspace workspace;
    private final String program = Packages.program(PACKAGE);

    public Sysbench(Workspace workspace) {
        this.workspace = workspace;
        script("scan.lua");
        script("connect.lua");
    }

    @Override
    public String name() {
        return Packages.version(PACKAGE, "--version");
    }

    @Override
    public LoadResult run(Endpoint address, Row row, int seconds) {
        Child process = workspace.start(PACKAGE, command(address, row, seconds));
        try {
            return SysbenchOutput.parse(process.awaitEnd(MARGIN.plusSeconds(seconds)));
        } finally {
            workspace.end(process);
        }
    }

    private List<String> command(Endpoint address, Row row, int seconds) {
        List<String> command = new ArrayList<>(List.of(
                program,
                scriptOf(row.workload()),
                "--db-driver=mysql",
                "--mysql-host=" + address.host(),
                "--mysql-port=" + address.port(),
                "--mysql-user=" + Account.APP.user(),
                "--mysql-password=" + Account.APP.password(),
                "--mysql-db=" + Account.APP.database(),
                "--db-ps-mode=" + (row.workload() == Workload.POINT_SELECT_PS ? "auto" : "disable"),
                "--threads=" + row.clients(),
                "--time=" + seconds,
                "--events=0",
                "--histogram=on",
                "--report-interval=1",
                "--rand-type=uniform"));
        if (row.workload() != Workload.SCAN && row.workload() != Workload.CONNECT) {
            command.addAll(List.of("--tables=1", "--table-size=" + Table.ROWS));
        }
        command.add("run");
        return command;
    }

    private String scriptOf(Workload workload) {
        return switch (workload) {
            case POINT_SELECT, POINT_SELECT_PS -> "oltp_point_select";
            case READ_ONLY -> "oltp_read_only";
            case READ_WRITE -> "oltp_read_write";
            case SCAN -> workspace.path("scan.lua").toString();
            case CONNECT -> workspace.path("connect.lua").toString();
        };
    }

    private void script(String name) {
        Path path = workspace.path(name);
        try (InputStream script = Sysbench.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("no resource " + name);
            }
            Files.copy(script, path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
