package org.penstock.benchmarks.macro.targets;

import java.nio.file.Path;
import java.util.List;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.process.Packages;
import org.penstock.benchmarks.macro.process.Workspace;

/** haproxy in TCP mode in front of one server. */
public final class Haproxy {
    /** Name of the Debian package and of the program. */
    public static final String PACKAGE = "haproxy";

    private Haproxy() {}

    public static Started start(Workspace workspace, Endpoint server, int threads, int connections) {
        Endpoint address = Endpoint.free();
        Path configuration = workspace.write(
                "haproxy-" + address.port() + ".cfg",
                """
                global
                    nbthread %d
                    maxconn %d
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 1h
                    timeout server 1h
                listen mysql
                    bind %s
                    server one %s
                """
                        .formatted(threads, connections, address, server));
        Child process =
                workspace.start(PACKAGE, List.of(Packages.program(PACKAGE), "-db", "-f", configuration.toString()));
        return new Started(process, address);
    }

    /** The version, as it says it. */
    public static String version() {
        return Packages.version(PACKAGE, "-v");
    }
}
