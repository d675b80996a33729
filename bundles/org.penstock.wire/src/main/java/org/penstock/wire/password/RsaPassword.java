package org.penstock.wire.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * A password on its way over a connection that is not TLS: the password and a NUL, XOR the seed over and over, encrypted with the receiver's RSA key (OAEP).
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html">Caching_sha2_password, MySQL</a>
 */
public final class RsaPassword {
    /** Bits of a key that is made here. */
    public static final int KEY_BITS = 2048;

    /** Bits that a key may have. */
    static final int MAX_KEY_BITS = 16_384;

    private static final String CIPHER = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
    private static final int LINE = 64;
    /** What stands before an RSA key of PKCS #1 in PKCS #8: version 0, rsaEncryption. */
    private static final byte[] RSA_ALGORITHM = {
        2, 1, 0, 0x30, 0x0D, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 5, 0
    };

    private RsaPassword() {}

    /** A new pair of keys; takes long. */
    public static KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        return generator.generateKeyPair();
    }

    /**
     * The keys of a private key in PEM, PKCS #8 or PKCS #1, not encrypted.
     *
     * @throws GeneralSecurityException when it is none
     */
    public static KeyPair keys(String pem) throws GeneralSecurityException {
        byte[] body = body(pem, "PRIVATE KEY");
        if (body == null) {
            byte[] pkcs1 = body(pem, "RSA PRIVATE KEY");
            if (pkcs1 == null) {
                throw new GeneralSecurityException(
                        "expected a PEM text with BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY");
            }
            body = pkcs8(pkcs1);
        }
        KeyFactory factory = KeyFactory.getInstance("RSA");
        PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(body));
        if (!(key instanceof RSAPrivateCrtKey whole)) {
            throw new GeneralSecurityException("expected an RSA key with its public exponent");
        }
        PublicKey shown = factory.generatePublic(new RSAPublicKeySpec(whole.getModulus(), whole.getPublicExponent()));
        return new KeyPair(shown, key);
    }

    /** A public key in PEM. */
    public static byte[] pem(PublicKey key) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The public key of a PEM text.
     *
     * @throws GeneralSecurityException when it is none
     */
    public static PublicKey publicKey(byte[] pem) throws GeneralSecurityException {
        byte[] body = body(new String(pem, StandardCharsets.ISO_8859_1), "PUBLIC KEY");
        if (body == null) {
            throw new GeneralSecurityException("expected a PEM text with BEGIN PUBLIC KEY");
        }
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(body));
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() > MAX_KEY_BITS) {
            throw new GeneralSecurityException("expected an RSA key of at most " + MAX_KEY_BITS + " bits");
        }
        return key;
    }

    /**
     * A password encrypted for the holder of a key.
     *
     * @throws GeneralSecurityException when it is too long for the key
     */
    public static byte[] encrypt(byte[] password, byte[] seed, PublicKey key) throws GeneralSecurityException {
        byte[] masked = masked(Arrays.copyOf(password, password.length + 1), seed);
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(masked);
    }

    /**
     * The password that was encrypted; takes milliseconds.
     *
     * @throws GeneralSecurityException when it was not encrypted for this key and with this seed
     */
    public static byte[] decrypt(byte[] encrypted, byte[] seed, PrivateKey key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.DECRYPT_MODE, key);
        byte[] clear = masked(cipher.doFinal(encrypted), seed);
        if (clear.length == 0 || clear[clear.length - 1] != 0) {
            throw new GeneralSecurityException("expected a password that ends with NUL");
        }
        return Arrays.copyOf(clear, clear.length - 1);
    }

    private static byte[] masked(byte[] value, byte[] seed) {
        for (int i = 0; i < value.length; i++) {
            value[i] ^= seed[i % Sha256Proof.SEED_LENGTH];
        }
        return value;
    }

    private static byte @Nullable [] body(String pem, String kind) throws GeneralSecurityException {
        String begin = "-----BEGIN " + kind + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + kind + "-----");
        if (from < 0 || to < from) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not the Base64 of a PEM text", e);
        }
    }

    private static byte[] pkcs8(byte[] pkcs1) {
        byte[] octets = tagged(4, pkcs1);
        byte[] content = Arrays.copyOf(RSA_ALGORITHM, RSA_ALGORITHM.length + octets.length);
        System.arraycopy(octets, 0, content, RSA_ALGORITHM.length, octets.length);
        return tagged(0x30, content);
    }

    /** One value of DER; its length in two bytes, which fit any key. */
    private static byte[] tagged(int tag, byte[] content) {
        byte[] value = new byte[content.length + 4];
        value[0] = (byte) tag;
        value[1] = (byte) 0x82;
        value[2] = (byte) (content.length >> 8);
        value[3] = (byte) content.length;
        System.arraycopy(content, 0, value, 4, content.length);
        return value;
    }
}
