package org.penstock.benchmarks.macro.targets;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.penstock.benchmarks.macro.client.Endpoint;

/**
 * The configuration of one Penstock with the services that are asked for.
 *
 * @param text the file
 * @param addresses where each service listens
 */
public record PenstockConfiguration(String text, Map<Kind, Endpoint> addresses) {
    private static final String ACCOUNT = "user=maxuser\npassword=maxpwd\n";
    private static final String SERVER = "server";
    private static final String POOLED = "pooled";

    /**
     * Makes one.
     *
     * @param pool idle connections that servers of the pool keep
     */
    public static PenstockConfiguration of(Servers servers, Set<Kind> services, int threads, int pool) {
        StringBuilder text = new StringBuilder("[maxscale]\nthreads=" + threads + "\n\n");
        if (!services.equals(Set.of(Kind.POOL))) {
            cluster(text, SERVER, servers, "");
        }
        if (services.contains(Kind.POOL)) {
            cluster(text, POOLED, servers, "persistpoolmax=" + pool + "\npersistmaxtime=10min\n");
        }
        if (services.contains(Kind.FILTER1) || services.contains(Kind.FILTER2)) {
            text.append("[hint1]\ntype=filter\nmodule=hintfilter\n\n[hint2]\ntype=filter\nmodule=hintfilter\n\n");
        }
        Map<Kind, Endpoint> addresses = new LinkedHashMap<>();
        for (Kind kind : services) {
            Endpoint address = Endpoint.free();
            addresses.put(kind, address);
            section(text, kind.word(), "type=service\n" + service(kind, servers) + ACCOUNT);
            section(
                    text,
                    "listen-" + kind.word(),
                    "type=listener\nservice=" + kind.word() + "\naddress=" + address.host() + "\nport=" + address.port()
                            + "\n");
        }
        return new PenstockConfiguration(text.toString(), addresses);
    }

    private static void cluster(StringBuilder text, String prefix, Servers servers, String parameters) {
        for (int index = 0; index < servers.all().size(); index++) {
            Endpoint server = servers.all().get(index);
            section(
                    text,
                    prefix + (index + 1),
                    "type=server\naddress=" + server.host() + "\nport=" + server.port() + "\n" + parameters);
        }
        section(
                text,
                "watch-" + prefix,
                "type=monitor\nmodule=mysqlmon\nservers=" + names(prefix, servers) + "\n" + ACCOUNT
                        + "monitor_interval=10s\n");
    }

    private static void section(StringBuilder text, String name, String parameters) {
        text.append('[').append(name).append("]\n").append(parameters).append('\n');
    }

    /** Connections are routed to the primary alone, which is where the other proxies lead too. */
    private static String service(Kind kind, Servers servers) {
        String first = "router=readconnroute\nrouter_options=running\nservers=" + SERVER + "1\n";
        return switch (kind) {
            case READCONNROUTE -> first;
            case READWRITESPLIT -> "router=readwritesplit\nservers=" + names(SERVER, servers) + "\n";
            case FILTER1 -> first + "filters=hint1\n";
            case FILTER2 -> first + "filters=hint1|hint2\n";
            case POOL -> "router=readconnroute\nrouter_options=running\nservers=" + POOLED + "1\n";
            case DIRECT, HAPROXY, RELAY -> throw new IllegalArgumentException(kind + " is no service");
        };
    }

    private static String names(String prefix, Servers servers) {
        return IntStream.rangeClosed(1, servers.all().size())
                .mapToObj(number -> prefix + number)
                .collect(Collectors.joining(","));
    }
}
