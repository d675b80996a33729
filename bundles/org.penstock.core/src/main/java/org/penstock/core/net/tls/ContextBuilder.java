package org.penstock.core.net.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.penstock.core.tls.PeerTrust;
import org.penstock.core.tls.TlsFileException;
import org.penstock.core.tls.TlsMaterial;
import org.penstock.core.tls.TlsSettings;

/** Makes Netty's contexts from settings and what their files hold. */
final class ContextBuilder {
    private static final String OF_TLS_1_3 = "TLS_(AES|CHACHA20)_.*";

    private ContextBuilder() {}

    static SslContext listener(TlsSettings settings, TlsMaterial material, TlsProvider provider)
            throws TlsFileException {
        SslContextBuilder builder =
                SslContextBuilder.forServer(material.key(), material.chain().toArray(new X509Certificate[0]));
        if (settings.verifyPeer() || !material.authorities().isEmpty()) {
            // Accounts may require a certificate although the listener does not.
            builder.clientAuth(settings.verifyPeer() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL)
                    .trustManager(PeerTrust.of(settings, material, true));
        }
        return build(builder, settings, provider);
    }

    static SslContext server(TlsSettings settings, TlsMaterial material, TlsProvider provider) throws TlsFileException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (!material.chain().isEmpty()) {
            builder.keyManager(material.key(), material.chain().toArray(new X509Certificate[0]));
        }
        if (settings.verifyPeer()) {
            builder.trustManager(PeerTrust.of(settings, material, false));
        } else {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        }
        return build(builder, settings, provider);
    }

    private static SslContext build(SslContextBuilder builder, TlsSettings settings, TlsProvider provider)
            throws TlsFileException {
        builder.sslProvider(provider.netty()).protocols(settings.protocols());
        if (!settings.ciphers().isEmpty()) {
            builder.ciphers(ciphers(settings, provider));
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsFileException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /** The suites that the settings name; those of TLS 1.3 are a set of their own, and stay unless one of them is named. */
    private static List<String> ciphers(TlsSettings settings, TlsProvider provider) throws TlsFileException {
        Set<String> known = provider.ciphers();
        List<String> suites = new ArrayList<>(settings.ciphers());
        for (String suite : suites) {
            if (!known.contains(suite)) {
                throw new TlsFileException(
                        "ssl_cipher: " + CipherSectionCheck.unknown(suite, known), new IllegalArgumentException(suite));
            }
        }
        if (settings.protocols().contains("TLSv1.3") && suites.stream().noneMatch(suite -> suite.matches(OF_TLS_1_3))) {
            known.stream().filter(suite -> suite.matches(OF_TLS_1_3)).sorted().forEach(suites::add);
        }
        return suites;
    }
}
