package org.penstock.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ports for Penstock's listeners, checked before anything is started. */
final class ListenerPorts {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private ListenerPorts() {}

    /** {@code count} ports from {@code base} up, or any free ones if that is 0. */
    static List<Integer> choose(int base, int count) {
        return base == 0 ? anyFree(count) : fixed(base, count);
    }

    private static List<Integer> fixed(int base, int count) {
        List<Integer> ports = IntStream.range(base, base + count).boxed().toList();
        for (int port : ports) {
            try (ServerSocket socket = bound(port)) {
                socket.getLocalPort();
            } catch (IOException taken) {
                throw new DemoException(
                        DemoException.UNAVAILABLE,
                        "port " + port + " on 127.0.0.1 is in use or not allowed (" + taken.getMessage()
                                + "); end the other program, or choose other ports with --port-base N");
            }
        }
        return ports;
    }

    private static List<Integer> anyFree(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int index = 0; index < count; index++) {
                held.add(bound(0));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        } finally {
            held.forEach(ListenerPorts::close);
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
