package org.penstock.core.account;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.error.SqlError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logins refused in a row, counted by the numeric address of the client, and the addresses that are blocked for them. A login whose proof was right ends the row;
 * a block ends by itself. Clients of unix sockets have no address and are never blocked. Of IPv6 addresses the first 64 bits count, since whoever has one address
 * has all of its network; those of a link alone and of this host count whole.
 */
@AnyThread
public final class LoginThrottle {
    /** How long an address is blocked after the last refusal. */
    static final Duration BLOCK = Duration.ofSeconds(60);

    /** Addresses that are counted; beyond, the one that was refused least recently is forgotten. */
    static final int MAX_ADDRESSES = 50_000;

    private static final int NETWORK_BITS = 64;
    private static final String NETWORK = "/" + NETWORK_BITS;
    private static final int ADDRESS_BYTES = 16;

    private static final Logger LOG = LoggerFactory.getLogger(LoginThrottle.class);

    /** The errors that a wrong account or a wrong proof gives. */
    private static final int ACCESS_DENIED = 1045;

    private static final int ACCESS_DENIED_WITHOUT_PASSWORD = 1698;

    /**
     * An address that is blocked.
     *
     * @param failures logins refused in a row
     * @param left until the block ends
     */
    public record Blocked(String address, int failures, Duration left) {}

    private record Failures(int count, long last) {}

    private final IntSupplier limit;
    private final LongSupplier nanoTime;

    /** In the order of the last refusal. Guarded by itself. */
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    private volatile int counted;
    private volatile long forgotten;

    /** @param limit logins refused in a row after which an address is blocked; 0 for never */
    LoginThrottle(IntSupplier limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** The error of a client whose address is blocked, or null. */
    public @Nullable SqlError refusal(String address) {
        if (counted == 0) {
            return null;
        }
        String key = key(address);
        synchronized (failures) {
            Failures known = key == null ? null : failures.get(key);
            return known == null || key == null || !isBlocked(known) ? null : LoginErrors.hostBlocked(key);
        }
    }

    /** A login has been refused; only wrong accounts and proofs count. */
    public void refused(String address, SqlError error) {
        String key = key(address);
        int most = limit.getAsInt();
        if (key == null || most == 0 || !counts(error)) {
            return;
        }
        boolean blocks;
        synchronized (failures) {
            Failures before = failures.remove(key);
            int count = before == null || isOld(before) ? 1 : before.count() + 1;
            failures.put(key, new Failures(count, nanoTime.getAsLong()));
            if (failures.size() > MAX_ADDRESSES) {
                failures.remove(failures.keySet().iterator().next());
                forgotten++;
            }
            counted = failures.size();
            blocks = count == most;
        }
        if (blocks) {
            LOG.warn(
                    "{} logins in a row were refused: clients from '{}' are blocked for {} s",
                    most,
                    key,
                    BLOCK.toSeconds());
        }
    }

    /** A login's proof was right. */
    public void accepted(String address) {
        if (counted > 0) {
            clear(address);
        }
    }

    /** Addresses that are blocked now, the longest blocked first. */
    public List<Blocked> blocked() {
        List<Blocked> blocked = new ArrayList<>();
        long now = nanoTime.getAsLong();
        synchronized (failures) {
            failures.forEach((address, known) -> {
                if (isBlocked(known)) {
                    blocked.add(new Blocked(address, known.count(), BLOCK.minusNanos(now - known.last())));
                }
            });
        }
        return blocked;
    }

    /** Forgets what was refused to an address; whether anything was. */
    public boolean clear(String address) {
        String key = key(address);
        synchronized (failures) {
            boolean known = key != null && failures.remove(key) != null;
            counted = failures.size();
            return known;
        }
    }

    /** Addresses that were forgotten for want of room. */
    public long forgotten() {
        return forgotten;
    }

    private static boolean counts(SqlError error) {
        return error.code() == ACCESS_DENIED || error.code() == ACCESS_DENIED_WITHOUT_PASSWORD;
    }

    private boolean isBlocked(Failures known) {
        int most = limit.getAsInt();
        return most > 0 && known.count() >= most && !isOld(known);
    }

    private boolean isOld(Failures known) {
        return nanoTime.getAsLong() - known.last() >= BLOCK.toNanos();
    }

    /** An address, or a network of {@value #NETWORK_BITS} bits with its length; null for what is neither. */
    private static @Nullable String key(String address) {
        InetAddress numeric = ClientAddress.numeric(
                address.endsWith(NETWORK) ? address.substring(0, address.length() - NETWORK.length()) : address);
        if (numeric instanceof Inet6Address six && !six.isLinkLocalAddress() && !six.isLoopbackAddress()) {
            byte[] network = Arrays.copyOf(Arrays.copyOf(six.getAddress(), NETWORK_BITS / Byte.SIZE), ADDRESS_BYTES);
            return ClientAddress.canonical(network) + NETWORK;
        }
        return numeric == null ? null : ClientAddress.canonical(numeric);
    }
}
