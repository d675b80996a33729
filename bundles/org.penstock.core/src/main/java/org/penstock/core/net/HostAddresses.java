package org.penstock.core.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.penstock.core.global.IpLiteral;

/**
 * Addresses of servers by name: looked up off the event loops, once for all who ask meanwhile, and again when they are old or of no use. Safe on any thread.
 */
final class HostAddresses {
    /** How long addresses of a name are used without a new look-up. */
    static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Names that are remembered; when there are more all are forgotten. */
    static final int MAX_NAMES = 1024;

    private final Executor executor;
    private final LookUp lookUp;
    private final LongSupplier clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Asking> asked = new ConcurrentHashMap<>();

    /** The addresses of a name; may block. */
    @FunctionalInterface
    interface LookUp {
        InetAddress[] all(String name) throws UnknownHostException;
    }

    /** Is told what was found. */
    interface Found {
        /**
         * The addresses of a name, at least one.
         *
         * @param remembered whether they come from an earlier look-up
         */
        void addresses(List<InetAddress> addresses, boolean remembered);

        void unknown(String reason);
    }

    /** Addresses and when they were looked up. */
    private record Known(List<InetAddress> addresses, long nanos) {}

    /** A look-up under way. */
    private final class Asking implements Runnable {
        private final String name;
        private final List<Found> all = new java.util.ArrayList<>();

        Asking(String name) {
            this.name = name;
        }

        @Override
        public void run() {
            List<InetAddress> addresses = List.of();
            String reason = "it has no address";
            try {
                addresses = List.of(lookUp.all(name));
            } catch (UnknownHostException | RuntimeException e) {
                reason = String.valueOf(e.getMessage());
            }
            if (!addresses.isEmpty()) {
                remember(name, addresses);
            }
            for (Found each : end()) {
                if (addresses.isEmpty()) {
                    each.unknown(reason);
                } else {
                    each.addresses(addresses, false);
                }
            }
        }

        private List<Found> end() {
            asked.remove(name, this);
            synchronized (all) {
                return List.copyOf(all);
            }
        }
    }

    HostAddresses(Executor executor, LookUp lookUp, LongSupplier clock) {
        this.executor = executor;
        this.lookUp = lookUp;
        this.clock = clock;
    }

    /** Tells the addresses of a name or a numeric address; at once when they are known, else from another thread. */
    void find(String name, Found found) {
        InetAddress numeric = IpLiteral.parse(name);
        if (numeric != null) {
            found.addresses(List.of(numeric), false);
            return;
        }
        Known before = known.get(name);
        if (before != null && clock.getAsLong() - before.nanos() < MAX_AGE_NANOS) {
            found.addresses(before.addresses(), true);
            return;
        }
        ask(name, found);
    }

    private void ask(String name, Found found) {
        Asking[] begun = new Asking[1];
        asked.compute(name, (key, running) -> {
            Asking asking = running;
            if (asking == null) {
                asking = new Asking(key);
                begun[0] = asking;
            }
            synchronized (asking.all) {
                asking.all.add(found);
            }
            return asking;
        });
        @Nullable Asking mine = begun[0];
        if (mine != null) {
            try {
                executor.execute(mine);
            } catch (RejectedExecutionException e) {
                mine.end().forEach(each -> each.unknown("too many names are being looked up"));
            }
        }
    }

    private void remember(String name, List<InetAddress> addresses) {
        if (known.size() >= MAX_NAMES) {
            known.clear();
        }
        known.put(name, new Known(addresses, clock.getAsLong()));
    }

    /** None of these addresses answered: the name is looked up anew by the next who asks. */
    void forget(String name, List<InetAddress> useless) {
        known.computeIfPresent(name, (key, now) -> now.addresses().equals(useless) ? null : now);
    }
}
