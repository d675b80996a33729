package org.penstock.core.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the files of TLS settings hold.
 *
 * @param chain own certificate with its intermediates; empty for none
 * @param key own private key, or null with an empty chain
 * @param authorities certificates that are trusted; empty for those of the JDK
 * @param revocations lists of revoked certificates
 */
public record TlsMaterial(
        List<X509Certificate> chain,
        @Nullable PrivateKey key,
        List<X509Certificate> authorities,
        List<CRL> revocations) {

    /** How long before a certificate ends it is warned of. */
    public static final Duration SOON = Duration.ofDays(30);

    /** Reads the files, and checks that certificate and key belong together. May take milliseconds. */
    public static TlsMaterial read(TlsSettings settings) throws TlsFileException {
        TlsMaterial own = own(settings);
        return new TlsMaterial(own.chain, own.key, authorities(settings), revocations(settings));
    }

    /** The own certificate with its key, and nothing else. */
    static TlsMaterial own(TlsSettings settings) throws TlsFileException {
        if (settings.certificate().isEmpty()) {
            return new TlsMaterial(List.of(), null, List.of(), List.of());
        }
        List<X509Certificate> chain =
                PemFile.read("ssl_cert", settings.certificate()).certificates();
        PrivateKey key = PrivateKeyFile.read("ssl_key", settings.key());
        if (!belong(chain.get(0), key)) {
            throw new TlsFileException(
                    "ssl_key", settings.key(), "is not the key of the certificate in " + settings.certificate());
        }
        if (Instant.now().isAfter(chain.get(0).getNotAfter().toInstant())) {
            throw new TlsFileException(
                    "ssl_cert",
                    settings.certificate(),
                    "the certificate has expired on "
                            + chain.get(0).getNotAfter().toInstant());
        }
        return new TlsMaterial(chain, key, List.of(), List.of());
    }

    static List<X509Certificate> authorities(TlsSettings settings) throws TlsFileException {
        return settings.authority().isEmpty()
                ? List.of()
                : PemFile.read("ssl_ca", settings.authority()).certificates();
    }

    static List<CRL> revocations(TlsSettings settings) throws TlsFileException {
        return settings.revocations().isEmpty()
                ? List.of()
                : PemFile.read("ssl_crl", settings.revocations()).revocations();
    }

    private static boolean belong(X509Certificate certificate, PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm().toUpperCase(Locale.ROOT)) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "EDDSA", "ED25519", "ED448" -> "EdDSA";
                    default -> "";
                };
        if (algorithm.isEmpty()) {
            return true;
        }
        try {
            byte[] text = {1, 2, 3};
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(text);
            byte[] signed = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(text);
            return verifier.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The own certificate, or null. */
    public @Nullable X509Certificate own() {
        return chain.isEmpty() ? null : chain.get(0);
    }

    /** SHA-256 of a certificate. */
    public static byte[] fingerprint(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 of a certificate", e);
        }
    }

    @Override
    public String toString() {
        return "TlsMaterial["
                + (chain.isEmpty() ? "no certificate" : chain.get(0).getSubjectX500Principal()) + "]";
    }
}
