package org.penstock.itests.harness;

import org.penstock.servers.EmbeddedCluster;
import org.penstock.servers.EmbeddedServer;

/** The primary and its two replicas that all tests of one JVM share; they end with the JVM. */
public final class Cluster {
    private static final EmbeddedCluster SHARED = EmbeddedCluster.builder()
            .maxConnections(2_100)
            .progress(System.err::println)
            .start();

    private Cluster() {}

    public static EmbeddedCluster shared() {
        return SHARED;
    }

    /** Server and monitor sections for the shared cluster. */
    public static String sections() {
        return sections(SHARED);
    }

    /** A section for each server, named as the server, and a monitor of them all. */
    public static String sections(EmbeddedCluster cluster) {
        StringBuilder text = new StringBuilder("[maxscale]\nthreads=2\n");
        for (EmbeddedServer server : cluster.servers()) {
            text.append(
                    """

                    [%s]
                    type=server
                    address=127.0.0.1
                    port=%d
                    protocol=MySQLBackend
                    """
                            .formatted(server.name(), server.port()));
        }
        return text.append(
                        """

                [Cluster]
                type=monitor
                module=mysqlmon
                servers=%s
                user=maxuser
                passwd=maxpwd
                monitor_interval=2000
                """
                                .formatted(names(cluster)))
                .toString();
    }

    /** The names of all servers, as a parameter's value. */
    public static String names(EmbeddedCluster cluster) {
        return String.join(
                ",", cluster.servers().stream().map(EmbeddedServer::name).toList());
    }

    /** A service that routes to the primary, with a listener {@code NAME-Listener}; {@code filters} may be empty. */
    public static String service(String name, String filters, int port) {
        return service(SHARED, name, filters, port);
    }

    /** The same for another cluster. */
    public static String service(EmbeddedCluster cluster, String name, String filters, int port) {
        return """

                [%1$s]
                type=service
                router=readconnroute
                router_options=master
                servers=%2$s
                user=maxuser
                passwd=maxpwd
                %3$s
                """
                        .formatted(name, names(cluster), filters.isEmpty() ? "" : "filters=" + filters)
                + listener(name, port);
    }

    /** The listener {@code NAME-Listener} of a service. */
    public static String listener(String service, int port) {
        return """

                [%1$s-Listener]
                type=listener
                service=%1$s
                protocol=MySQLClient
                address=127.0.0.1
                port=%2$d
                """
                .formatted(service, port);
    }
}
