package org.penstock.auth.cachingsha2;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.session.Store;
import org.penstock.wire.password.Sha256Proof;

/**
 * What makes the next login of an account quick: the doubled SHA-256 of its password, by account and stored hash, so that a changed account is not found. Least
 * recently used entries give way. Kept in the service's store, in memory only.
 */
@AnyThread
final class DigestCache {
    /** Most entries of one service. */
    static final int MAX = 10_000;

    private static final String KEPT = "caching_sha2_password digests";
    private static final String EVICTED = "caching_sha2_password evictions";
    private static final int FIRST_CAPACITY = 16;
    private static final float LOAD = 0.75f;

    private final Map<String, byte[]> digests;
    private final LongAdder evicted;

    @SuppressWarnings("unchecked")
    DigestCache(Store store) {
        digests = store.get(
                KEPT,
                Map.class,
                () -> Collections.synchronizedMap(new LinkedHashMap<String, byte[]>(FIRST_CAPACITY, LOAD, true)));
        evicted = store.counter(EVICTED);
    }

    private static String key(Account account) {
        return account + "\0" + account.authentication();
    }

    /** The digest, a copy of its own; null when it is not known. */
    byte @Nullable [] find(Account account) {
        byte[] digest = digests.get(key(account));
        return digest == null ? null : digest.clone();
    }

    /** Keeps the digest of a password that was proved. */
    void keep(Account account, byte[] password) {
        byte[] stage1 = Sha256Proof.stage1(password);
        synchronized (digests) {
            digests.put(key(account), Sha256Proof.stage2(stage1));
            for (Iterator<byte[]> eldest = digests.values().iterator(); digests.size() > MAX; ) {
                eldest.next();
                eldest.remove();
                evicted.increment();
            }
        }
        Arrays.fill(stage1, (byte) 0);
    }

    /** Forgets a password by its SHA-256: a server wants the password itself, so the client's next login has to bring it. */
    void forget(byte[] stage1) {
        byte[] stage2 = Sha256Proof.stage2(stage1);
        synchronized (digests) {
            digests.values().removeIf(digest -> Arrays.equals(digest, stage2));
        }
    }
}
