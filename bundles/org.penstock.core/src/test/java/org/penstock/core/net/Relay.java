package org.penstock.core.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server's address whose answers can be held back: passes bytes both ways between its clients and the server. */
final class Relay implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final int target;
    private final ServerSocket listening = new ServerSocket(0, 200, HERE);
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Object gate = new Object();
    private boolean held;

    Relay(int target) throws IOException {
        this.target = target;
        run(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Connections so far. */
    int accepted() {
        return accepted.get();
    }

    /** What each client said first. */
    List<String> heads() {
        return heads;
    }

    /** From now on the server is not heard, until {@link #release}. */
    void hold() {
        synchronized (gate) {
            held = true;
        }
    }

    void release() {
        synchronized (gate) {
            held = false;
            gate.notifyAll();
        }
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(HERE, target);
                accepted.incrementAndGet();
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                run(() -> pass(client, server, false));
                run(() -> pass(server, client, true));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            boolean first = !answers;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (first) {
                    first = false;
                    heads.add(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                }
                if (answers) {
                    await();
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One of both has closed, so both do.
        }
    }

    private void await() {
        synchronized (gate) {
            while (held) {
                try {
                    gate.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        release();
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
