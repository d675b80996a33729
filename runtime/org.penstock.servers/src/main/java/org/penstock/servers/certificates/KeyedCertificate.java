package org.penstock.servers.certificates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate, then its intermediate authorities
 */
public record KeyedCertificate(List<X509Certificate> chain, PrivateKey key) {
    private static final int LINE = 64;

    /**
     * The two files as servers and Penstock read them.
     *
     * @param certificate chain, PEM
     * @param key private key, PEM
     */
    public record Stored(Path certificate, Path key) {}

    public X509Certificate certificate() {
        return chain.get(0);
    }

    public String certificatePem() {
        StringBuilder pem = new StringBuilder();
        chain.forEach(one -> pem.append(pem("CERTIFICATE", encoded(one))));
        return pem.toString();
    }

    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** Writes {@code name.crt} and {@code name.key}, each in one step, over what is there. */
    public Stored write(Path directory, String name) {
        Path certificate = directory.resolve(name + ".crt");
        Path keyFile = directory.resolve(name + ".key");
        replace(certificate, certificatePem());
        replace(keyFile, keyPem());
        return new Stored(certificate, keyFile);
    }

    /** Replaces a file in one step. */
    public static void replace(Path file, String text) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String pem(String type, byte[] encoded) {
        String text = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "KeyedCertificate[" + certificate().getSubjectX500Principal() + "]";
    }
}
