package org.penstock.shell.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandProcessor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.shell.Verbs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server side of docs/console-protocol.md. */
@Component(
        service = {},
        immediate = true)
public final class ConsoleServer {
    /** Clients at a time. */
    static final int MAX_CLIENTS = 16;

    /** A client that asks nothing for so long is closed. */
    static final Duration IDLE_LIMIT = Duration.ofHours(4);

    private static final Duration IDLE_CHECK = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);

    private final CommandProcessor processor;
    private final Verbs verbs;
    private final Set<ConsoleSession> sessions = ConcurrentHashMap.newKeySet();
    private @Nullable ConsoleSocket socket;
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Activate
    public ConsoleServer(@Reference CommandProcessor processor, @Reference Verbs verbs) {
        this.processor = processor;
        this.verbs = verbs;
    }

    @Activate
    void activate(BundleContext context) {
        Path path = path(context);
        if (path == null) {
            LOG.info("no console socket: neither penstock.console.socket nor penstock.data is set");
            return;
        }
        try {
            open(path);
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("socket", path)
                    .setCause(e)
                    .log("the console does not listen: {}", e.getMessage());
        }
    }

    private static @Nullable Path path(BundleContext context) {
        String socket = context.getProperty("penstock.console.socket");
        if (socket != null) {
            return Path.of(socket);
        }
        String data = context.getProperty("penstock.data");
        return data == null ? null : Path.of(data, "run", "console.sock");
    }

    void open(Path path) throws IOException {
        ConsoleSocket bound = ConsoleSocket.bind(path);
        socket = bound;
        daemon(() -> accept(bound), "penstock-console-accept").start();
        daemon(this::watchIdle, "penstock-console-idle").start();
        LOG.atInfo().addKeyValue("socket", bound.path()).log("console listens");
    }

    private void accept(ConsoleSocket bound) {
        int number = 0;
        try {
            while (true) {
                SocketChannel client = bound.accept();
                number++;
                accepted(client, "penstock-console-" + number);
            }
        } catch (ClosedChannelException e) {
            LOG.debug("console closed", e);
        } catch (IOException | RuntimeException e) {
            LOG.error("the console accepts no more clients", e);
        }
    }

    /** One client's trouble ends that client only. */
    private void accepted(SocketChannel client, String name) throws IOException {
        try {
            if (sessions.size() >= MAX_CLIENTS) {
                refuse(client);
            } else {
                begin(client, name);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a console client is dropped", e);
            client.close();
        }
    }

    private void begin(SocketChannel client, String name) {
        ConsoleSession session = new ConsoleSession(client, name, processor, verbs);
        sessions.add(session);
        daemon(
                        () -> {
                            try {
                                session.run();
                            } finally {
                                sessions.remove(session);
                            }
                        },
                        name)
                .start();
    }

    private static void refuse(SocketChannel client) throws IOException {
        LOG.atWarn().addKeyValue("limit", MAX_CLIENTS).log("too many consoles, one refused");
        byte[] text = "error: too many consoles are open\n".getBytes(StandardCharsets.UTF_8);
        String frames = "ERR " + text.length + "\n" + new String(text, StandardCharsets.UTF_8) + "EXIT 1\n";
        try (client) {
            client.write(ByteBuffer.wrap(frames.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void watchIdle() {
        try {
            while (!stopped.await(IDLE_CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
                closeIdle(IDLE_LIMIT);
            }
        } catch (InterruptedException e) {
            LOG.debug("idle consoles are no longer watched", e);
        }
    }

    void closeIdle(Duration limit) {
        for (ConsoleSession session : sessions) {
            if (session.idle() > limit.toNanos()) {
                session.close();
            }
        }
    }

    @Deactivate
    void close() {
        ConsoleSocket bound = socket;
        stopped.countDown();
        try {
            if (bound != null) {
                bound.close();
            }
        } catch (IOException e) {
            LOG.warn("closing the console", e);
        }
        sessions.forEach(ConsoleSession::close);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
