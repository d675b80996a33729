package org.penstock.core.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.penstock.wire.Capabilities;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.HandshakeV10;

/** A server that greets without TLS and writes down what comes then. */
final class PlainGreeting implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Thread thread = new Thread(this::serve, "plain-greeting");

    PlainGreeting() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                byte[] greeting = new HandshakeV10(
                                "5.5.5-11.4.5-MariaDB",
                                1,
                                new byte[20],
                                Capabilities.SUPPORTED & ~Capabilities.SSL,
                                45,
                                2,
                                "mysql_native_password")
                        .encode();
                client.getOutputStream().write(PacketWriter.frame(0, greeting));
                InputStream in = client.getInputStream();
                byte[] some = in.readAllBytes();
                synchronized (received) {
                    received.writeBytes(some);
                }
            } catch (IOException e) {
                // Closed, or the client went away.
            }
        }
    }

    byte[] received() {
        synchronized (received) {
            return received.toByteArray();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
