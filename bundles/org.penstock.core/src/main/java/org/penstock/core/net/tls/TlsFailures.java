package org.penstock.core.net.tls;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.annotation.AnyThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failed handshakes of one listener or server: all are counted, and one line now and then tells of them. */
@AnyThread
final class TlsFailures {
    /** Shortest time between two lines. */
    static final long LINE_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(TlsFailures.class);

    private final String name;
    private final LongAdder count = new LongAdder();
    private final AtomicLong said = new AtomicLong();
    private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - TimeUnit.SECONDS.toNanos(LINE_SECONDS));

    TlsFailures(String name) {
        this.name = name;
    }

    void add(String address, String reason, Throwable cause) {
        count.increment();
        LOG.debug("TLS of {}: the handshake with {} failed: {}", name, address, cause.toString());
        long last = saidAt.get();
        long now = System.nanoTime();
        if (now - last >= TimeUnit.SECONDS.toNanos(LINE_SECONDS) && saidAt.compareAndSet(last, now)) {
            long all = count.sum();
            LOG.info(
                    "TLS of {}: {} failed since the last line, {} in all; the last with {}: {}",
                    name,
                    handshakes(all - said.getAndSet(all)),
                    all,
                    address,
                    reason);
        }
    }

    private static String handshakes(long number) {
        return number == 1 ? "1 handshake" : number + " handshakes";
    }

    long count() {
        return count.sum();
    }
}
