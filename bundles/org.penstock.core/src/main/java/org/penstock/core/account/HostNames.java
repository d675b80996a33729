package org.penstock.core.account;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names of clients' addresses, looked up off the loops and kept for a while. A name counts only when it leads back to its address. */
@AnyThread
final class HostNames implements AutoCloseable {
    /** Addresses that are kept; beyond, the one used least recently goes. */
    static final int MAX_KEPT = 10_000;

    /** How long an address's name, or that it has none, is believed. */
    static final Duration KEEP = Duration.ofSeconds(60);

    /** How long a login waits for a name. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final int THREADS = 2;
    private static final int MAX_WAITING = 256;

    private static final Duration WARN_AGAIN = Duration.ofSeconds(60);
    private static final Logger LOG = LoggerFactory.getLogger(HostNames.class);

    private record Known(@Nullable String name, long since) {}

    private final Function<InetAddress, String> resolver;
    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor pool;
    private boolean warned;
    private long warnedNanos;

    /** Guarded by itself. */
    private final Map<String, Known> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_KEPT;
        }
    };

    private final Map<String, CompletableFuture<@Nullable String>> pending = new HashMap<>();

    HostNames() {
        this(InetAddress::getCanonicalHostName, System::nanoTime);
    }

    /** @param resolver gives the address's text when it has no name that leads back to it */
    HostNames(Function<InetAddress, String> resolver, LongSupplier nanoTime) {
        this.resolver = resolver;
        this.nanoTime = nanoTime;
        this.pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "penstock-host-names");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** The name as far as it is known; null without one. */
    @Nullable
    String known(String address) {
        Known known = fresh(address);
        return known == null ? null : known.name();
    }

    /** Whether asking again would bring nothing new. */
    boolean isSettled(String address) {
        return fresh(address) != null || ClientAddress.numeric(address) == null;
    }

    /** Whether a look-up of that address has taken longer than a login waits, and goes on. */
    boolean isOverdue(String address) {
        synchronized (kept) {
            CompletableFuture<@Nullable String> underWay = pending.get(address);
            return underWay != null && underWay.isDone();
        }
    }

    /** Looks an address up; completes with its name or, without one or in time, with null; never exceptionally. */
    CompletionStage<@Nullable String> lookUp(String address) {
        InetAddress numeric = ClientAddress.numeric(address);
        Known known = fresh(address);
        if (known != null || numeric == null) {
            return CompletableFuture.completedFuture(known == null ? null : known.name());
        }
        CompletableFuture<@Nullable String> asked;
        synchronized (kept) {
            CompletableFuture<@Nullable String> underWay = pending.get(address);
            if (underWay != null) {
                return underWay;
            }
            asked = new CompletableFuture<>();
            pending.put(address, asked);
        }
        try {
            pool.execute(() -> settle(address, asked, resolve(numeric)));
        } catch (RejectedExecutionException e) {
            synchronized (kept) {
                pending.remove(address);
            }
            asked.complete(null);
            warn(address);
        }
        return asked.completeOnTimeout(null, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void warn(String address) {
        long now = nanoTime.getAsLong();
        synchronized (kept) {
            if (warned && now - warnedNanos < WARN_AGAIN.toNanos()) {
                return;
            }
            warned = true;
            warnedNanos = now;
        }
        LOG.warn("too many look-ups of names of clients wait; {} counts as one without a name", address);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** Whether a name begins as an address does, so that it would match the patterns of addresses; servers refuse it too. */
    private static boolean likeAnAddress(String name) {
        int digits = 0;
        while (digits < name.length() && Character.isDigit(name.charAt(digits))) {
            digits++;
        }
        return digits > 0 && digits < name.length() && name.charAt(digits) == '.';
    }

    private @Nullable String resolve(InetAddress address) {
        String name;
        try {
            name = resolver.apply(address);
        } catch (RuntimeException e) {
            LOG.debug("the name of {} cannot be looked up: {}", address.getHostAddress(), e.toString());
            return null;
        }
        return ClientAddress.numeric(name) == null && !likeAnAddress(name) ? name : null;
    }

    private void settle(String address, CompletableFuture<@Nullable String> asked, @Nullable String name) {
        synchronized (kept) {
            pending.remove(address);
            kept.put(address, new Known(name, nanoTime.getAsLong()));
        }
        asked.complete(name);
    }

    private @Nullable Known fresh(String address) {
        synchronized (kept) {
            Known known = kept.get(address);
            return known == null || nanoTime.getAsLong() - known.since() > KEEP.toNanos() ? null : known;
        }
    }
}
