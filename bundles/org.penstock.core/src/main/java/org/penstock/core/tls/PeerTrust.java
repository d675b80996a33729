package org.penstock.core.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Whom a side of TLS trusts: authorities, the longest chain, and lists of revoked certificates. */
public final class PeerTrust {
    private PeerTrust() {}

    /** The trust manager for settings that verify the peer; {@code listener} for certificates of clients. */
    public static TrustManager of(TlsSettings settings, TlsMaterial material, boolean listener)
            throws TlsFileException {
        try {
            Set<TrustAnchor> anchors = new HashSet<>();
            for (X509Certificate authority : material.authorities().isEmpty()
                    ? ofTheJdk()
                    : material.authorities().toArray(new X509Certificate[0])) {
                anchors.add(new TrustAnchor(authority, null));
            }
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
            parameters.setRevocationEnabled(false);
            if (!material.revocations().isEmpty()) {
                CertPathBuilder builder = CertPathBuilder.getInstance("PKIX");
                PKIXRevocationChecker checker = (PKIXRevocationChecker) builder.getRevocationChecker();
                checker.setOptions(EnumSet.of(
                        PKIXRevocationChecker.Option.PREFER_CRLS,
                        PKIXRevocationChecker.Option.NO_FALLBACK,
                        PKIXRevocationChecker.Option.ONLY_END_ENTITY));
                parameters.addCertPathChecker(checker);
                parameters.addCertStore(
                        CertStore.getInstance("Collection", new CollectionCertStoreParameters(material.revocations())));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager x509) {
                    return new CheckedTrust(x509, settings.verifyDepth(), listener && settings.verifyHost());
                }
            }
            throw new TlsFileException("this Java runtime verifies no certificates", new IllegalStateException());
        } catch (GeneralSecurityException e) {
            throw new TlsFileException("the trusted authorities cannot be used: " + e.getMessage(), e);
        }
    }

    private static X509Certificate[] ofTheJdk() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }
}
