package org.penstock.wire.password;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The quick proof of caching_sha2_password. With stage 1 = SHA-256(password) and stage 2 = SHA-256(stage 1), which a server keeps in memory, a client proves that it
 * knows the password by stage 1 XOR SHA-256(stage 2, seed). Who knows stage 2 gains stage 1 from the proof.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html">Caching_sha2_password, MySQL</a>
 */
public final class Sha256Proof {
    /** Bytes of each stage and of a proof. */
    public static final int LENGTH = 32;

    /** Bytes of a seed. */
    public static final int SEED_LENGTH = 20;

    private Sha256Proof() {}

    /** SHA-256 of a password. */
    public static byte[] stage1(byte[] password) {
        return digest().digest(password);
    }

    /** SHA-256 of stage 1. */
    public static byte[] stage2(byte[] stage1) {
        return digest().digest(stage1);
    }

    /** The proof for SHA-256(password). */
    public static byte[] of(byte[] stage1, byte[] seed) {
        return mask(stage1, stage2(stage1), seed);
    }

    /** Stage 1 from a proof for it, whether the proof is right or not. */
    public static byte[] recoverStage1(byte[] proof, byte[] stage2, byte[] seed) {
        return mask(proof, stage2, seed);
    }

    /** Whether a proof is right, in a time that does not depend on where it is wrong. */
    public static boolean verify(byte[] proof, byte[] stage2, byte[] seed) {
        if (proof.length != LENGTH || stage2.length != LENGTH) {
            return false;
        }
        byte[] stage1 = recoverStage1(proof, stage2, seed);
        boolean right = MessageDigest.isEqual(stage2(stage1), stage2);
        Arrays.fill(stage1, (byte) 0);
        return right;
    }

    private static byte[] mask(byte[] value, byte[] stage2, byte[] seed) {
        if (value.length != LENGTH || seed.length < SEED_LENGTH) {
            throw new IllegalArgumentException("expected " + LENGTH + " bytes and a seed of " + SEED_LENGTH + ", got "
                    + value.length + " and " + seed.length);
        }
        MessageDigest digest = digest();
        digest.update(stage2);
        digest.update(seed, 0, SEED_LENGTH);
        byte[] masked = digest.digest();
        for (int i = 0; i < LENGTH; i++) {
            masked[i] ^= value[i];
        }
        return masked;
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing in this Java runtime", e);
        }
    }
}
