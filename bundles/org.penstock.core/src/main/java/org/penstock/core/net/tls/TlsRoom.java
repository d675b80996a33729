package org.penstock.core.net.tls;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.annotation.Blocking;
import org.penstock.core.tls.TlsFileException;
import org.penstock.core.tls.TlsSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All TLS contexts of the process, with the thread that reads their files and watches them. */
@AnyThread
public final class TlsRoom implements AutoCloseable {
    /** Time between two looks at the files. */
    static final long LOOK_MILLIS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(TlsRoom.class);

    private final List<TlsContext> contexts = new CopyOnWriteArrayList<>();
    private final Map<String, ToServer> servers = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor reader = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "penstock-tls");
        thread.setDaemon(true);
        return thread;
    });
    private volatile String wanted = TlsProvider.AUTO;
    private volatile @Nullable TlsProvider provider;
    private boolean watching;

    /** What is known of TLS towards one server; a failure is kept for a second. */
    private record ToServer(TlsSettings settings, CompletableFuture<TlsContext> context, long madeNanos) {}

    /**
     * From now on connections to servers use the provider of that word, and listeners that open anew. It is loaded when it is needed.
     *
     * @throws IllegalArgumentException for another word than those of {@code ssl_provider}
     */
    public void provider(String word) {
        String next = TlsProvider.word(word);
        if (!wanted.equals(next)) {
            wanted = next;
            provider = null;
            List.copyOf(servers.keySet()).forEach(this::forget);
        }
    }

    /** From now on connections to servers use that one, and listeners that open anew. */
    public void provider(TlsProvider next) {
        if (provider != next) {
            provider = next;
            List.copyOf(servers.keySet()).forEach(this::forget);
        }
    }

    public TlsProvider provider() {
        TlsProvider chosen = provider;
        if (chosen == null) {
            chosen = TlsProvider.choose(wanted);
            provider = chosen;
        }
        return chosen;
    }

    /**
     * Reads the files of a listener and watches them until {@link #close(TlsContext)}.
     *
     * @throws TlsFileException when they cannot be used
     */
    @Blocking
    public TlsContext listener(String name, TlsSettings settings) throws TlsFileException {
        return add(new TlsContext("listener '" + name + "'", true, settings, provider()));
    }

    private TlsContext add(TlsContext context) {
        contexts.add(context);
        synchronized (reader) {
            if (!watching && !reader.isShutdown()) {
                watching = true;
                reader.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        return context;
    }

    public void close(TlsContext context) {
        contexts.remove(context);
        context.close();
    }

    /** The context towards a server with these settings; completes on the room's thread, or is complete. */
    public CompletionStage<TlsContext> server(String server, TlsSettings settings) {
        return Objects.requireNonNull(servers.compute(server, (name, known) -> current(name, known, settings))).context;
    }

    private ToServer current(String name, @Nullable ToServer known, TlsSettings settings) {
        if (known != null && known.settings.equals(settings) && !failedBefore(known)) {
            return known;
        }
        drop(known);
        CompletableFuture<TlsContext> made;
        try {
            made = CompletableFuture.supplyAsync(() -> load(name, settings), reader);
        } catch (RejectedExecutionException e) {
            made = CompletableFuture.failedFuture(new IllegalStateException("Penstock is stopping", e));
        }
        return new ToServer(settings, made, System.nanoTime());
    }

    /** The context towards a server where one is in use, or null. */
    public @Nullable TlsContext serverNow(String name) {
        ToServer known = servers.get(name);
        if (known == null || !known.context.isDone() || known.context.isCompletedExceptionally()) {
            return null;
        }
        return known.context.join();
    }

    private static boolean failedBefore(ToServer known) {
        return known.context.isCompletedExceptionally()
                && System.nanoTime() - known.madeNanos > TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
    }

    private TlsContext load(String name, TlsSettings settings) {
        try {
            TlsContext context = add(new TlsContext("server '" + name + "'", false, settings, provider()));
            if (!settings.verifyPeer()) {
                LOG.warn(
                        "TLS of server '{}': its certificate is not checked, whoever sits between may read and change all;"
                                + " name its authority in ssl_ca",
                        name);
            }
            return context;
        } catch (TlsFileException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void drop(@Nullable ToServer known) {
        if (known != null) {
            known.context.thenAccept(this::close);
        }
    }

    /** Why a stage of {@link #server} failed. */
    public static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** A server is no more. */
    public void forget(String server) {
        drop(servers.remove(server));
    }

    private void look() {
        for (TlsContext context : contexts) {
            try {
                context.look();
            } catch (RuntimeException e) {
                LOG.error("TLS of {} cannot be looked after", context.name(), e);
            }
        }
    }

    /** Reads all files anew; returns a line for each context. */
    @Blocking
    public List<String> reload() {
        return contexts.stream().map(TlsContext::reload).toList();
    }

    @Override
    public void close() {
        reader.shutdownNow();
        contexts.forEach(TlsContext::close);
        contexts.clear();
    }
}
