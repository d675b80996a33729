package org.penstock.core.net.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.penstock.core.tls.TlsMaterial;

/** Certificates as people see them. */
public final class Peers {
    private Peers() {}

    /** The certificate that the other side has shown, or null. */
    static @Nullable X509Certificate certificate(SSLEngine engine) {
        try {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate x509 ? x509 : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** Subject, end of validity and fingerprint, or {@code no certificate}. */
    public static String describe(@Nullable X509Certificate certificate) {
        return certificate == null
                ? "no certificate"
                : certificate.getSubjectX500Principal().getName() + ", valid until "
                        + certificate.getNotAfter().toInstant() + ", SHA-256 "
                        + HexFormat.of().withUpperCase().formatHex(TlsMaterial.fingerprint(certificate));
    }
}
