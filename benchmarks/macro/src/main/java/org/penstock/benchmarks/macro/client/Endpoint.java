package org.penstock.benchmarks.macro.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.penstock.benchmarks.macro.BenchmarkException;

/** Where something listens. */
public record Endpoint(String host, int port) {
    private static final int MAX_PORT = 0xffff;

    /** From {@code host:port}. */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port > 0 && port <= MAX_PORT) {
                return new Endpoint(text.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            // As without a colon.
        }
        throw new BenchmarkException("'" + text + "' is not HOST:PORT");
    }

    /** A port of the loopback address that nobody listened to a moment ago. */
    public static Endpoint free() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        } catch (IOException e) {
            throw new BenchmarkException("no free port: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
