package org.penstock.auth.ed25519;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of MariaDB's ed25519: Ed25519 of RFC 8032, where the password, whatever its length, stands for the 32 bytes of the private key.
 *
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/1-connecting/connection#client_ed25519-plugin">client_ed25519 plugin, MariaDB</a>
 */
final class Ed25519Proof {
    /** Bytes of a public key. */
    static final int KEY_LENGTH = EdwardsPoint.LENGTH;

    /** Bytes of what is to be signed. */
    static final int NONCE_LENGTH = 32;

    /** Bytes of a signature. */
    static final int LENGTH = 64;

    /** Characters of a stored key: Base64 without padding. */
    private static final int STORED_LENGTH = 43;

    private Ed25519Proof() {}

    /** The public key of a password. */
    static byte[] publicKey(byte[] password) {
        byte[] expanded = expanded(password);
        byte[] key = EdwardsPoint.baseTimes(secret(expanded)).encoded();
        Arrays.fill(expanded, (byte) 0);
        return key;
    }

    /** The signature of a nonce with a password. */
    static byte[] sign(byte[] password, byte[] nonce) {
        byte[] expanded = expanded(password);
        BigInteger secret = secret(expanded);
        byte[] key = EdwardsPoint.baseTimes(secret).encoded();
        MessageDigest digest = sha512();
        digest.update(expanded, EdwardsPoint.LENGTH, EdwardsPoint.LENGTH);
        BigInteger once = EdwardsPoint.number(digest.digest(nonce)).mod(EdwardsPoint.ORDER);
        byte[] point = EdwardsPoint.baseTimes(once).encoded();
        digest.update(point);
        digest.update(key);
        BigInteger challenge = EdwardsPoint.number(digest.digest(nonce)).mod(EdwardsPoint.ORDER);
        byte[] answer =
                EdwardsPoint.littleEndian(once.add(challenge.multiply(secret)).mod(EdwardsPoint.ORDER));
        Arrays.fill(expanded, (byte) 0);
        byte[] signature = Arrays.copyOf(point, LENGTH);
        System.arraycopy(answer, 0, signature, EdwardsPoint.LENGTH, EdwardsPoint.LENGTH);
        return signature;
    }

    /** Whether a nonce was signed by the holder of a key; false as well for what is no key or no signature. */
    static boolean verify(byte[] key, byte[] nonce, byte[] signature) {
        if (key.length != KEY_LENGTH || signature.length != LENGTH) {
            return false;
        }
        byte[] y = key.clone();
        boolean odd = y[KEY_LENGTH - 1] < 0;
        y[KEY_LENGTH - 1] &= 0x7F;
        try {
            EdECPoint point = new EdECPoint(odd, EdwardsPoint.number(y));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)));
            verifier.update(nonce);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The key of an account's stored string; null for any other text. */
    static byte @Nullable [] parse(String stored) {
        if (stored.length() != STORED_LENGTH) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(stored + "=");
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] expanded(byte[] password) {
        return sha512().digest(password);
    }

    /** The first half, with the bits that RFC 8032 sets and clears. */
    private static BigInteger secret(byte[] expanded) {
        byte[] half = Arrays.copyOf(expanded, EdwardsPoint.LENGTH);
        half[0] &= (byte) 0xF8;
        half[EdwardsPoint.LENGTH - 1] &= 0x7F;
        half[EdwardsPoint.LENGTH - 1] |= 0x40;
        BigInteger secret = EdwardsPoint.number(half);
        Arrays.fill(half, (byte) 0);
        return secret;
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-512 is missing in this Java runtime", e);
        }
    }
}
