package org.penstock.core.tls;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's check of a chain, and what that leaves out: the bound of its length, and on listeners that a client's certificate names the client's address. The names of
 * servers are checked by the JDK, as the engine asks for it.
 */
final class CheckedTrust extends X509ExtendedTrustManager {
    /** Kind of an alternative name that is a numeric address. */
    private static final int IP_ADDRESS = 7;

    private final X509ExtendedTrustManager jdk;
    private final int depth;
    private final boolean clientAddress;

    /**
     * @param depth most intermediate authorities
     * @param clientAddress whether clients' certificates must name their address
     */
    CheckedTrust(X509ExtendedTrustManager jdk, int depth, boolean clientAddress) {
        this.jdk = jdk;
        this.depth = depth;
        this.clientAddress = clientAddress;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method, SSLEngine engine)
            throws CertificateException {
        jdk.checkClientTrusted(chain, method, engine);
        checkDepth(chain);
        if (clientAddress) {
            checkAddress(chain[0], engine.getPeerHost());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method, SSLEngine engine)
            throws CertificateException {
        jdk.checkServerTrusted(chain, method, engine);
        checkDepth(chain);
    }

    private void checkDepth(X509Certificate[] chain) throws CertificateException {
        int intermediates = 0;
        X509Certificate current = chain[0];
        while (current != null && intermediates <= depth && !isTrusted(current)) {
            current = issuer(chain, current);
            intermediates += current == null ? 0 : 1;
        }
        if (intermediates > depth) {
            throw new CertificateException("the chain has " + intermediates
                    + " intermediate authorities, expected at most " + depth + " (ssl_cert_verify_depth)");
        }
    }

    private boolean isTrusted(X509Certificate certificate) {
        for (X509Certificate authority : jdk.getAcceptedIssuers()) {
            if (authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable X509Certificate issuer(X509Certificate[] chain, X509Certificate of) {
        for (X509Certificate candidate : chain) {
            boolean issuer = candidate.getSubjectX500Principal().equals(of.getIssuerX500Principal());
            if (issuer && !candidate.equals(of)) {
                return candidate;
            }
        }
        return null;
    }

    private static void checkAddress(X509Certificate certificate, String address) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names != null) {
            for (List<?> name : names) {
                if (Integer.valueOf(IP_ADDRESS).equals(name.get(0)) && same(String.valueOf(name.get(1)), address)) {
                    return;
                }
            }
        }
        throw new CertificateException(
                "the certificate does not name the address " + address + " (ssl_verify_peer_host)");
    }

    /** Whether two numeric addresses are one. */
    private static boolean same(String one, String other) {
        try {
            return InetAddress.getByName(one).equals(InetAddress.getByName(other));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jdk.getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method, Socket socket) throws CertificateException {
        throw new CertificateException("TLS without an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method, Socket socket) throws CertificateException {
        throw new CertificateException("TLS without an engine");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method) throws CertificateException {
        throw new CertificateException("TLS without an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method) throws CertificateException {
        throw new CertificateException("TLS without an engine");
    }
}
