package org.penstock.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.servers.EmbeddedServer;
import org.penstock.servers.Progress;

/** The servers behind Penstock: embedded ones, ended on close, or the user's own. */
final class DemoServers implements AutoCloseable {

    private static final int CONNECT_MILLIS = 3_000;

    private final List<Address> addresses;
    private final @Nullable EmbeddedCluster cluster;

    private DemoServers(List<Address> addresses, @Nullable EmbeddedCluster cluster) {
        this.addresses = addresses;
        this.cluster = cluster;
    }

    static DemoServers start(DemoArguments arguments, DemoSettings settings, Progress progress) {
        if (!arguments.servers().isEmpty()) {
            arguments.servers().forEach(DemoServers::checkReachable);
            return new DemoServers(arguments.servers(), null);
        }
        EmbeddedCluster cluster = EmbeddedCluster.builder()
                .replicas(arguments.replicas())
                .baseDirectory(settings.temporary())
                .progress(progress)
                .start();
        List<Address> addresses = cluster.servers().stream()
                .map(server -> new Address(EmbeddedServer.HOST, server.port()))
                .toList();
        return new DemoServers(addresses, cluster);
    }

    private static void checkReachable(Address address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
        } catch (IOException e) {
            throw new DemoException(
                    DemoException.UNAVAILABLE,
                    "the server " + address + " cannot be reached: " + e.getMessage() + "; see --servers");
        }
    }

    List<Address> addresses() {
        return addresses;
    }

    /** What each server is, for the lines on the screen. */
    String role(int index) {
        if (cluster == null) {
            return "";
        }
        return index == 0 ? "primary" : "replica";
    }

    /** A shell line that opens a client towards an address of Penstock's. */
    String clientLine(Address address) {
        return cluster == null
                ? "mariadb -h " + address.host() + " -P " + address.port() + " -u ACCOUNT -p"
                : cluster.installation().clientLine(address.host(), address.port());
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
