package org.penstock.core.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What TLS with a client shows.
 *
 * @param cipher the suite as the JDK names it
 * @param certificate the client's, which an authority of the listener has signed; null when it showed none
 */
public record TlsPeer(String cipher, @Nullable X509Certificate certificate) {
    /** What the session of a listener shows; those ask for certificates only where they verify them. */
    public static TlsPeer of(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return new TlsPeer(
                    session.getCipherSuite(),
                    chain.length > 0 && chain[0] instanceof X509Certificate x509 ? x509 : null);
        } catch (SSLPeerUnverifiedException e) {
            return new TlsPeer(session.getCipherSuite(), null);
        }
    }
}
