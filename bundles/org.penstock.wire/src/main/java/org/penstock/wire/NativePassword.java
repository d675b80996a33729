package org.penstock.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of mysql_native_password. With stage 1 = SHA1(password) and stage 2 = SHA1(stage 1), which the server stores, a client proves that
 * it knows the password by stage 1 XOR SHA1(seed, stage 2). A proxy that knows stage 2 gains stage 1 from the proof and can so prove the
 * same to another server, without the password. Arrays given are never kept.
 *
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/1-connecting/connection">Connection, MariaDB</a>
 */
public final class NativePassword {
    /** Name of the plugin on the wire. */
    public static final String PLUGIN = "mysql_native_password";

    /** Bytes of a seed, of each stage and of a proof. */
    public static final int LENGTH = 20;

    private static final byte[] NONE = {};

    private NativePassword() {}

    /** The proof for a clear-text password, or no bytes for an empty one. */
    public static byte[] scramble(byte[] password, byte[] seed) {
        if (password.length == 0) {
            return NONE;
        }
        byte[] stage1 = sha1(password);
        byte[] proof = scrambleFromStage1(stage1, seed);
        Arrays.fill(stage1, (byte) 0);
        return proof;
    }

    /** The proof for SHA1(password). */
    public static byte[] scrambleFromStage1(byte[] stage1, byte[] seed) {
        check("stage 1", stage1);
        return mask(stage1, seed, sha1(stage1));
    }

    /**
     * SHA1(password) from a proof for it, whether the proof is right or not.
     *
     * @param stage2 what the server stores for the account
     */
    public static byte[] recoverStage1(byte[] proof, byte[] seed, byte[] stage2) {
        check("proof", proof);
        check("stage 2", stage2);
        return mask(proof, seed, stage2);
    }

    /** Whether a proof is right, in a time that does not depend on where it is wrong. No proof at all is never right here. */
    public static boolean verify(byte[] proof, byte[] seed, byte[] stage2) {
        if (proof.length != LENGTH || stage2.length != LENGTH) {
            return false;
        }
        byte[] stage1 = recoverStage1(proof, seed, stage2);
        boolean right = MessageDigest.isEqual(sha1(stage1), stage2);
        Arrays.fill(stage1, (byte) 0);
        return right;
    }

    /** SHA1(SHA1(password)). */
    public static byte[] stage2(byte[] password) {
        return sha1(sha1(password));
    }

    /** Stage 2 from the server's text form, an asterisk and 40 hexadecimal digits; null for any other text. */
    public static byte @Nullable [] parse(String hash) {
        if (hash.length() != 1 + 2 * LENGTH || hash.charAt(0) != '*') {
            return null;
        }
        byte[] stage2 = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            int high = Character.digit(hash.charAt(1 + 2 * i), 16);
            int low = Character.digit(hash.charAt(2 + 2 * i), 16);
            if (high < 0 || low < 0) {
                return null;
            }
            stage2[i] = (byte) ((high << 4) | low);
        }
        return stage2;
    }

    /** The server's text form of stage 2. */
    public static String format(byte[] stage2) {
        check("stage 2", stage2);
        StringBuilder hash = new StringBuilder("*");
        for (byte b : stage2) {
            hash.append(String.format("%02X", b));
        }
        return hash.toString();
    }

    private static byte[] mask(byte[] value, byte[] seed, byte[] stage2) {
        check("seed", seed);
        MessageDigest digest = digest();
        digest.update(seed);
        byte[] masked = digest.digest(stage2);
        for (int i = 0; i < LENGTH; i++) {
            masked[i] ^= value[i];
        }
        return masked;
    }

    private static void check(String what, byte[] value) {
        if (value.length != LENGTH) {
            throw new IllegalArgumentException(what + ": expected " + LENGTH + " bytes, got " + value.length);
        }
    }

    private static byte[] sha1(byte[] value) {
        return digest().digest(value);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is missing in this Java runtime", e);
        }
    }
}
