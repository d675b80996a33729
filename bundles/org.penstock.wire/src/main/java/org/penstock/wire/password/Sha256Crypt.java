package org.penstock.wire.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What MySQL stores for accounts of caching_sha2_password and sha256_password: SHA-crypt with SHA-256 and a salt of 20 bytes.
 *
 * <pre>
 * $A$005$ 20 characters of salt 43 characters of hash     caching_sha2_password; thousands of rounds in hexadecimal digits
 * $5$ 20 characters of salt $ 43 characters of hash       sha256_password; 5000 rounds
 * </pre>
 *
 * @param rounds how often the digest is made
 * @param salt as stored
 * @param hash as stored
 * @see <a href="https://www.akkadia.org/drepper/SHA-crypt.txt">Unix crypt using SHA-256 and SHA-512</a>
 */
public record Sha256Crypt(int rounds, byte[] salt, String hash) {
    /** Longest password, as in MySQL. */
    public static final int MAX_PASSWORD = 256;

    /** Most rounds, as in MySQL: 0xFFF thousands. */
    public static final int MAX_ROUNDS = 4_095_000;

    private static final int DEFAULT_ROUNDS = 5000;
    private static final int THOUSAND = 1000;
    private static final int SALT_LENGTH = 20;
    private static final int HASH_LENGTH = 43;
    private static final String CACHING = "$A$";
    private static final int CACHING_PREFIX = 7;
    private static final String PLAIN = "$5$";
    private static final String DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int HEXADECIMAL = 16;
    private static final int BLOCK = 32;

    /** A hash of nothing, for work that is to cost the same as a real one. */
    public static final Sha256Crypt NOBODY =
            new Sha256Crypt(DEFAULT_ROUNDS, new byte[SALT_LENGTH], ".".repeat(HASH_LENGTH));

    /** What an account stores; null for any other text. */
    public static @Nullable Sha256Crypt parse(String stored) {
        if (stored.startsWith(CACHING) && stored.length() == CACHING_PREFIX + SALT_LENGTH + HASH_LENGTH) {
            return caching(stored);
        }
        int end = PLAIN.length() + SALT_LENGTH;
        if (stored.startsWith(PLAIN) && stored.length() == end + 1 + HASH_LENGTH && stored.charAt(end) == '$') {
            return new Sha256Crypt(
                    DEFAULT_ROUNDS, bytes(stored.substring(PLAIN.length(), end)), stored.substring(end + 1));
        }
        return null;
    }

    private static @Nullable Sha256Crypt caching(String stored) {
        int thousands = 0;
        for (int i = CACHING.length(); i < CACHING_PREFIX - 1; i++) {
            int digit = Character.digit(stored.charAt(i), HEXADECIMAL);
            if (digit < 0) {
                return null;
            }
            thousands = thousands * HEXADECIMAL + digit;
        }
        if (thousands == 0 || stored.charAt(CACHING_PREFIX - 1) != '$') {
            return null;
        }
        int end = CACHING_PREFIX + SALT_LENGTH;
        return new Sha256Crypt(
                thousands * THOUSAND, bytes(stored.substring(CACHING_PREFIX, end)), stored.substring(end));
    }

    private static byte[] bytes(String salt) {
        return salt.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether this is the hash of a password, in a time that does not depend on where it differs. Takes milliseconds. */
    public boolean verify(byte[] password) {
        if (password.length > MAX_PASSWORD) {
            return false;
        }
        byte[] made = crypt(password, salt, rounds).getBytes(StandardCharsets.ISO_8859_1);
        return MessageDigest.isEqual(made, hash.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The 43 characters of SHA-crypt; the salt is taken as it is, whatever its length. */
    static String crypt(byte[] password, byte[] salt, int rounds) {
        MessageDigest digest = Sha256Proof.digest();
        byte[] current = first(digest, password, salt);
        byte[] p = repeated(sum(digest, password, password.length), password.length);
        byte[] s = repeated(sum(digest, salt, 16 + (current[0] & 0xFF)), salt.length);
        for (int round = 0; round < rounds; round++) {
            boolean odd = (round & 1) != 0;
            digest.update(odd ? p : current);
            if (round % 3 != 0) {
                digest.update(s);
            }
            if (round % 7 != 0) {
                digest.update(p);
            }
            current = digest.digest(odd ? current : p);
        }
        Arrays.fill(p, (byte) 0);
        return text(current);
    }

    private static byte[] first(MessageDigest digest, byte[] password, byte[] salt) {
        digest.update(password);
        digest.update(salt);
        byte[] other = digest.digest(password);
        digest.update(password);
        digest.update(salt);
        digest.update(repeated(other, password.length));
        for (int bits = password.length; bits > 0; bits >>= 1) {
            digest.update((bits & 1) != 0 ? other : password);
        }
        return digest.digest();
    }

    private static byte[] sum(MessageDigest digest, byte[] value, int times) {
        for (int i = 0; i < times; i++) {
            digest.update(value);
        }
        return digest.digest();
    }

    private static byte[] repeated(byte[] block, int length) {
        byte[] whole = new byte[length];
        for (int at = 0; at < length; at += BLOCK) {
            System.arraycopy(block, 0, whole, at, Math.min(BLOCK, length - at));
        }
        return whole;
    }

    /** Three bytes at a time, in an order of their own, as four digits of six bits. */
    private static String text(byte[] digest) {
        StringBuilder text = new StringBuilder();
        int a = 0;
        int b = 10;
        int c = 20;
        for (int i = 0; i < 10; i++) {
            digits(text, ((digest[a] & 0xFF) << 16) | ((digest[b] & 0xFF) << 8) | (digest[c] & 0xFF), 4);
            int next = a;
            a = c + 1;
            c = b + 1;
            b = next + 1;
        }
        digits(text, ((digest[31] & 0xFF) << 8) | (digest[30] & 0xFF), 3);
        return text.toString();
    }

    private static void digits(StringBuilder text, int value, int count) {
        int left = value;
        for (int i = 0; i < count; i++) {
            text.append(DIGITS.charAt(left & 0x3F));
            left >>= 6;
        }
    }

    @Override
    public String toString() {
        return "Sha256Crypt[rounds=" + rounds + "]";
    }
}
