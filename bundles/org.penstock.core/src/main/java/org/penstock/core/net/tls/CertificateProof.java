package org.penstock.core.net.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a certificate belongs to the one who knows the account's stored password, in the text of the OK that ends a login. Clients of MariaDB 11.4 accept a
 * certificate by it that no authority has signed: somebody between would show another certificate, and cannot make the proof for that.
 *
 * <pre>
 * 1   0x01: SHA-256 follows
 * 64  hexadecimal digits of SHA-256(key of the plugin, seed of the greeting, SHA-256 of the certificate)
 * </pre>
 *
 * @see <a href="https://jira.mariadb.org/browse/MDEV-31855">MDEV-31855</a>
 */
public final class CertificateProof {
    private static final char SHA_256 = '\u0001';

    private CertificateProof() {}

    /**
     * The text, or an empty one where nothing can be proved.
     *
     * @param key what the client can make of its password and the account stores; null when the plugin has none
     * @param fingerprint SHA-256 of the certificate that the client was shown; empty without TLS
     */
    public static String text(byte @Nullable [] key, byte[] seed, byte[] fingerprint) {
        if (key == null || key.length == 0 || fingerprint.length == 0) {
            return "";
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            digest.update(seed);
            byte[] proof = digest.digest(fingerprint);
            return SHA_256 + HexFormat.of().withUpperCase().formatHex(proof);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing in this Java runtime", e);
        }
    }
}
